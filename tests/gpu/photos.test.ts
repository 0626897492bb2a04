import { expect, test } from 'playwright/test';
import { readFileSync } from 'node:fs';
import { needsShared, servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

/** One set of photos as `answers.json` has it. */
interface Answers {
	readonly photos: readonly { readonly file: string; readonly crop_sha256: string }[];
}

for (const [set, copies] of [
	['samples', false],
	['val', true]
] as const) {
	const way = copies ? 'without a canvas' : 'through a canvas';
	test(`the browser sees the photos of ${set} as Pillow does, to the byte, ${way}`, async ({ page }) => {
		needsShared();
		test.setTimeout(180_000);
		const missing = copies ? 'OffscreenCanvas' : 'VideoFrame';
		await page.addInitScript((name) => Reflect.deleteProperty(globalThis, name), missing);
		await open(page);
		const { photos } = (JSON.parse(readFileSync('../shared/photos/answers.json', 'utf8')) as Record<string, Answers>)[
			set
		] ?? { photos: [] };
		const addresses = photos.map(({ file }) => `/photos/${set}/${file}`);
		const hashes = await page.evaluate((list) => window.bridge.cropHashes(list), addresses);
		const different = photos.filter(({ crop_sha256 }, i) => hashes[i] !== crop_sha256).map(({ file }) => file);
		expect(photos).toHaveLength(125);
		expect(different).toEqual([]);
	});
}
