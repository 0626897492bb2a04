import { expect, test } from 'playwright/test';
import type { ModelComparison } from './page/parity';
import type {} from './page/main';
import { needsShared, servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

const SMALL = ['vit-patch16', 'vit-patch8-nobias', 'swin'];
const PHOTO = 'n01622779_great_grey_owl';

/** How many taps each recording holds. */
const RECORDED: Readonly<Record<string, number>> = { 'vit-patch16': 8, 'vit-patch8-nobias': 6, swin: 6, [PHOTO]: 42 };

function expectParity(
	comparison: ModelComparison,
	recorded: number | undefined,
	tolerance: number,
	rows: number
): void {
	expect(comparison.taps).toHaveLength(recorded ?? NaN);
	expect(comparison.notFinite).toEqual([]);
	for (const { name, difference } of comparison.taps) expect.soft(difference, name).toBeLessThan(tolerance);
	expect(comparison.rowSums).toBeLessThan(rows);
	expect(comparison.leaked).toBe(0);
}

for (const backend of ['webgl', 'webgpu'] as const) {
	test(`small models on ${backend} match their recordings, tap by tap`, async ({ page }) => {
		needsShared();
		test.setTimeout(180_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		for (const model of SMALL) {
			const comparison = await page.evaluate(
				(name) => window.bridge.compareModel(`/parity/${name}/`, `/parity/${name}/expected.safetensors`),
				model
			);
			expectParity(comparison, RECORDED[model], 1e-4, 1e-5);
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
		expectParity(comparison, RECORDED[PHOTO], 1e-4, 1e-5);
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
	expectParity(comparison, RECORDED[PHOTO], 2e-2, 2e-3);
});
