import { expect, test } from 'playwright/test';
import { readSafetensors } from '../../src/lib/engine/checkpoint/safetensors';
import { parityCases } from '../parity/cases';
import { byTapName, NOT_TAPS } from '../parity/compare';
import { sharedBytes } from '../parity/recorded';
import type { ModelComparison } from './page/parity';
import { needsShared, servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

/** Whatever small checkpoints lie there. */
const SMALL = parityCases(() => true);
const PHOTO = 'n01622779_great_grey_owl';

/** How many of our taps a recording holds. @param path beside the project */
async function countTaps(path: string): Promise<number> {
	const names = [...byTapName(readSafetensors(await sharedBytes(path))).keys()];
	return names.filter((name) => name !== 'pixel_values' && !NOT_TAPS.includes(name)).length;
}

function expectParity(comparison: ModelComparison, recorded: number, tolerance: number, rows: number): void {
	expect(comparison.taps).toHaveLength(recorded);
	expect(comparison.notFinite).toEqual([]);
	for (const { name, difference } of comparison.taps) expect.soft(difference, name).toBeLessThan(tolerance);
	expect(comparison.rowSums).toBeLessThan(rows);
	expect(comparison.leaked).toBe(0);
}

for (const backend of ['webgl', 'webgpu'] as const) {
	test(`small models on ${backend} match their recordings, tap by tap`, async ({ page }) => {
		needsShared();
		test.setTimeout(300_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		expect(SMALL.length).toBeGreaterThanOrEqual(7);
		for (const { folder, recording } of SMALL) {
			const comparison = await page.evaluate(([from, to]) => window.bridge.compareModel(from, to), [
				`/${folder}/`,
				`/${recording}`
			] as const);
			expectParity(comparison, await countTaps(recording), 1e-4, 1e-5);
		}
	});

	test(`ViT-Tiny on ${backend} matches PyTorch on a photo, tap by tap`, async ({ page }) => {
		needsShared();
		test.setTimeout(300_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		const comparison = await page.evaluate(
			(name) => window.bridge.compareModel('/vit-tiny/', `/parity/real-vit-tiny/${name}.safetensors`),
			PHOTO
		);
		expectParity(comparison, await countTaps(`parity/real-vit-tiny/${PHOTO}.safetensors`), 1e-4, 1e-5);
	});
}

test('ViT-Tiny with float16 textures has no NaN, and stays near PyTorch', async ({ page }) => {
	needsShared();
	test.setTimeout(180_000);
	await open(page);
	await page.evaluate(() => window.bridge.start('webgl', { halfPrecision: true }));
	const comparison = await page.evaluate(
		(name) => window.bridge.compareModel('/vit-tiny/', `/parity/real-vit-tiny/${name}.safetensors`),
		PHOTO
	);
	expectParity(comparison, await countTaps(`parity/real-vit-tiny/${PHOTO}.safetensors`), 2e-2, 2e-3);
});
