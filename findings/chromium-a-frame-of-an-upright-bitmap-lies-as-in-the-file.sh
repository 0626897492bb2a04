#!/usr/bin/env bash
# Chromium 156.0.8078.114 (the system's), driven by playwright-core 1.65.1 (npm), with sharp 0.35.5.
#
# createImageBitmap(blob, { imageOrientation: 'from-image' }) gives an upright bitmap: its width and height are the upright
# ones, and a canvas draws it so. But the pixels behind it are still the file's. A VideoFrame that is made of it has the
# file's size, and copyTo() hands out the file's rows, lying down or mirrored; only the frame's `rotation` and `flip` say
# so. A copy of the bitmap (createImageBitmap(bitmap)) is no way out: its frame lies, too.
#
# Here: a picture of 48 x 32, red on its left and green above, in eight files that differ in EXIF's orientation alone. Seen:
# the bitmap's size and the canvas's corner change with the orientation, the frame's size and bytes never do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent playwright-core@1.65.1 sharp@0.35.5
cat >look.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const [width, height] = [48, 32];
const pixels = Buffer.alloc(width * height * 3);
for (let i = 0; i < width * height; i++) {
	pixels[3 * i] = i % width < width / 2 ? 255 : 0;
	pixels[3 * i + 1] = i < (width * height) / 2 ? 255 : 0;
}
const names = ['chromium', 'chromium-browser', 'google-chrome'];
const executablePath = execFileSync('sh', ['-c', names.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' }).trim();
// WebCodecs is there on secure origins alone.
const site = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>A page.')).listen(0, '127.0.0.1');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
console.log(`Chromium ${browser.version()}`);
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${site.address().port}/`);
for (let orientation = 1; orientation <= 8; orientation++) {
	const file = await sharp(pixels, { raw: { width, height, channels: 3 } }).withMetadata({ orientation }).png().toBuffer();
	const seen = await page.evaluate(async (base64) => {
		const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
		const bitmap = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
		const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
		drawing.drawImage(bitmap, 0, 0);
		const frames = [];
		for (const one of [bitmap, await createImageBitmap(bitmap)]) {
			const frame = new VideoFrame(one, { timestamp: 0 });
			const copy = new Uint8Array(frame.allocationSize());
			await frame.copyTo(copy);
			// Blue comes first.
			const corner = [copy[2], copy[1], copy[0]];
			frames.push(`${frame.codedWidth}x${frame.codedHeight}, corner ${corner}, rotation ${frame.rotation}, flip ${frame.flip}`);
			frame.close();
		}
		const drawn = drawing.getImageData(0, 0, 1, 1).data.slice(0, 3);
		return `bitmap ${bitmap.width}x${bitmap.height}, drawn corner ${drawn}; frame ${frames[0]}; of a copy ${frames[1] === frames[0] ? 'the same' : 'another'}`;
	}, file.toString('base64'));
	console.log(`${orientation}: ${seen}`);
}
await browser.close();
site.close();
JS
seen=$(node look.mjs)
echo "$seen"
line() { grep "^$1: " <<<"$seen"; }
[[ $(line 1) == "1: bitmap 48x32, drawn corner 255,255,0; frame 48x32, corner 255,255,0, rotation 0, flip false; of a copy the same" ]]
[[ $(line 3) == "3: bitmap 48x32, drawn corner 0,0,0; frame 48x32, corner 255,255,0, rotation 180, flip false; of a copy the same" ]]
[[ $(line 7) == "7: bitmap 32x48, drawn corner 0,0,0; frame 48x32, corner 255,255,0, rotation 270, flip true; of a copy the same" ]]
[[ $(grep -c 'frame 48x32, corner 255,255,0,' <<<"$seen") == 8 ]]
