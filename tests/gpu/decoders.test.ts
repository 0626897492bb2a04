import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { decodeFile } from '../../scripts/lib/decode';
import { servePage } from './pages';
import { PHOTOS } from './photo-set';

const open = servePage('tests/gpu/page', 'bridge');

let folder = '';
test.beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'patchwork-photos-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

/** What the command line makes of a file: its size, and its pixels as the page hands them out. */
async function onCommandLine(bytes: Uint8Array): Promise<{ width: number; height: number; pixels: Uint8Array }> {
	const path = join(folder, 'photo');
	await writeFile(path, bytes);
	const { width, height, rows } = await decodeFile(path);
	return { width, height, pixels: Uint8Array.from(rows(0, height)) };
}

/** The largest difference of two values that stand in the same place. */
function largestStep(a: Uint8Array, b: Uint8Array): number {
	return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);
}

test('page and command line see the same pixels in every format that both read', async ({ page }) => {
	test.setTimeout(300_000);
	await open(page);
	for (const { name, make, tolerance } of PHOTOS) {
		const bytes = await make();
		const wanted = await onCommandLine(bytes);
		const found = await page.evaluate(
			(file) => window.bridge.decodedPixels(file),
			Buffer.from(bytes).toString('base64')
		);
		expect.soft([found.width, found.height], name).toEqual([wanted.width, wanted.height]);
		const pixels = Buffer.from(found.pixels, 'base64');
		expect.soft(pixels.length, name).toBe(wanted.pixels.length);
		expect.soft(largestStep(wanted.pixels, pixels), name).toBeLessThanOrEqual(tolerance);
	}
});

test('a WebP that lies on its side stands upright', async ({ page }) => {
	await open(page);
	const lying = PHOTOS.find(({ name }) => name === 'a WebP lying on its side');
	const bytes = (await lying?.make()) ?? new Uint8Array();
	const { width, height } = await page.evaluate(
		(file) => window.bridge.decodedPixels(file),
		Buffer.from(bytes).toString('base64')
	);
	expect([width, height]).toEqual([160, 184]);
});
