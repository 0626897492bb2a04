/**
 * `tsx scripts/samples/card.ts [SAMPLE]`: the social card, `static/social-card.png`, 1200 x 630. The first sample (or
 * the named one), cut into the model's 14 x 14 patches, which come apart towards the title.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import sharp, { type OverlayOptions } from 'sharp';
import { CHROMIUM_ARGS, findChromium } from '../lib/chromium.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WIDTH = 1200;
const HEIGHT = 630;
const GRID = 14;
const PATCH = HEIGHT / GRID;
/** The site's dark paper and ink. */
const PAPER = '#15161a';
const INK = '#ece7dd';
const QUIET = '#ada79b';
const FONT = 'node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2';

/** How far a column has come apart: 1 at the left edge of the picture, 0 from its middle on. */
const apart = (column: number): number => Math.max(0, 1 - column / 9) ** 2;

/** One patch: smaller and farther to the left the more its column has come apart. */
async function patch(picture: Buffer, row: number, column: number): Promise<OverlayOptions> {
	const side = Math.round(PATCH * (1 - 0.65 * apart(column)));
	const box = { left: column * PATCH, top: row * PATCH, width: PATCH, height: PATCH };
	const input = await sharp(picture).extract(box).resize(side, side).png().toBuffer();
	const middle = (PATCH - side) / 2;
	const left = WIDTH - HEIGHT + (column + 0.5) * PATCH - PATCH * 1.7 * apart(column) - side / 2;
	return { input, left: Math.round(left), top: Math.round(row * PATCH + middle) };
}

/** The words in the site's own face, which only a browser reads (WOFF2): a transparent PNG of the card's size. */
async function words(): Promise<Buffer> {
	const font = (await readFile(join(ROOT, FONT))).toString('base64');
	const html = `<style>
		@font-face { font-family: Serif4; font-weight: 200 900; src: url(data:font/woff2;base64,${font}) }
		body { margin: 0; padding: 200px 64px; font: 34px/46px Serif4; color: ${QUIET} }
		h1 { margin: 0 0 18px; font-size: 92px; line-height: 100px; font-weight: 600; color: ${INK}; letter-spacing: -0.02em }
	</style><h1>Patchwork</h1>A Vision Transformer<br>you can take apart`;
	const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: CHROMIUM_ARGS });
	const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
	await page.setContent(html);
	await page.evaluate(() => document.fonts.ready);
	const png = await page.screenshot({ omitBackground: true });
	await browser.close();
	return png;
}

async function main(id = 'golf-ball'): Promise<void> {
	const picture = await sharp(join(ROOT, `static/samples/${id}.webp`))
		.resize(HEIGHT, HEIGHT, { fit: 'cover' })
		.toBuffer();
	const places = Array.from({ length: GRID * GRID }, (_, i) => [Math.floor(i / GRID), i % GRID] as const);
	const patches = await Promise.all(places.map(([row, column]) => patch(picture, row, column)));
	const canvas = { width: WIDTH, height: HEIGHT, channels: 3, background: PAPER } as const;
	await sharp({ create: canvas })
		.composite([...patches, { input: await words(), left: 0, top: 0 }])
		.png({ palette: true, quality: 92 })
		.toFile(join(ROOT, 'static/social-card.png'));
}

await main(process.argv[2]);
