#!/usr/bin/env bash
# Chromium 156.0.8078.114 (the system's), driven by playwright-core 1.65.1 (npm).
#
# A worker that turns a decoded picture into bytes is held up by the page that it was begun to spare. The first drawing on
# its OffscreenCanvas, 'willReadFrequently' or not, waits until the page's own thread comes round to a message; so does
# VideoFrame.copyTo() where it is asked for another order of the bytes (format: 'RGBA'). Decoding itself
# (createImageBitmap) does not wait, nor does a frame that is copied in the order that it has (BGRX). So code in a worker
# stands still for as long as the page is busy, which while a page begins is most of the time.
#
# Here: a picture of 960 x 720, made and decoded in a worker while its page computes for a second. Seen: the canvas and the
# reordered frame take most of that second, the frame as it is a few milliseconds, and its bytes are the canvas's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent playwright-core@1.65.1
cat >worker.js <<'JS'
onmessage = async ({ data: way }) => {
	const bitmap = await createImageBitmap(new Blob([await picture()]));
	// The page has begun to compute by now.
	await new Promise((done) => setTimeout(done, 200));
	const begun = performance.now();
	const bytes = await read[way](bitmap);
	postMessage({ took: performance.now() - begun, pixel: [...bytes.slice(4 * 1000, 4 * 1000 + 3)] });
};
const read = {
	canvas(bitmap) {
		const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
		drawing.drawImage(bitmap, 0, 0);
		return drawing.getImageData(0, 0, bitmap.width, bitmap.height).data;
	},
	reordered: (bitmap) => copied(bitmap, { format: 'RGBA' }),
	async asItIs(bitmap) {
		const bytes = await copied(bitmap, {});
		return bytes.map((_, i) => bytes[i % 4 === 0 ? i + 2 : i % 4 === 2 ? i - 2 : i]);
	}
};
async function copied(bitmap, options) {
	const frame = new VideoFrame(bitmap, { timestamp: 0 });
	const bytes = new Uint8Array(frame.allocationSize(options));
	await frame.copyTo(bytes, options);
	frame.close();
	return bytes;
}
/** A bitmap file, 24 bits a pixel, bottom row first. */
function picture(width = 960, height = 720) {
	const file = new DataView(new ArrayBuffer(54 + width * height * 3));
	file.setUint16(0, 0x424d);
	for (const [at, value] of [[2, file.byteLength], [10, 54], [14, 40], [18, width], [22, height]]) file.setUint32(at, value, true);
	file.setUint16(26, 1, true);
	file.setUint16(28, 24, true);
	for (let i = 54; i < file.byteLength; i++) file.setUint8(i, (i * 7) % 251);
	return file.buffer;
}
JS
cat >look.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const executablePath = execFileSync('sh', ['-c', names.map((name) => `command -v ${name}`).join(' || ')], { encoding: 'utf8' }).trim();
const site = createServer((request, response) => {
	const isWorker = request.url === '/worker.js';
	response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
	response.end(isWorker ? readFileSync('worker.js') : '<p>A page.');
}).listen(0, '127.0.0.1');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
console.log(`Chromium ${browser.version()}`);
for (const way of ['canvas', 'reordered', 'asItIs']) {
	const page = await browser.newPage();
	await page.goto(`http://127.0.0.1:${site.address().port}/`);
	const { took, pixel } = await page.evaluate(async (asked) => {
		const worker = new Worker('/worker.js');
		const answer = new Promise((done) => (worker.onmessage = ({ data }) => done(data)));
		worker.postMessage(asked);
		await new Promise((done) => setTimeout(done, 100));
		for (const begun = performance.now(); performance.now() - begun < 1000; );
		return answer;
	}, way);
	console.log(`${way}: ${took > 500 ? 'waits for the page' : 'does not wait'}, ${pixel}`);
	await page.close();
}
await browser.close();
site.close();
JS
seen=$(node look.mjs)
echo "$seen"
pixel=$(sed -n 's/^canvas: waits for the page, //p' <<<"$seen")
[[ -n $pixel ]]
[[ $seen == *"reordered: waits for the page, $pixel"* ]]
[[ $seen == *"asItIs: does not wait, $pixel"* ]]
