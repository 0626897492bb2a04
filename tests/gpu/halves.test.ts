import { expect, test } from 'playwright/test';
import type {} from './page/main';
import { servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge', { '/model/': 'static/models/patchwork-s' });

test('a matrix in float16 is read exactly by WebGPU, for every number that there is', async ({ page }) => {
	await open(page);
	await page.evaluate(() => window.bridge.start('webgpu'));
	expect(await page.evaluate(() => window.bridge.countWrongHalves())).toBe(0);
});

for (const backend of ['webgpu', 'webgl'] as const) {
	test(`a float16 checkpoint on ${backend} gives what its numbers give as float32`, async ({ page }) => {
		test.setTimeout(180_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		const comparisons = await page.evaluate(() => window.bridge.compareHalves('/model/'));
		expect(comparisons).toHaveLength(4);
		for (const { name, otherWeights, difference, saved, toSave, leaked } of comparisons) {
			expect.soft(otherWeights, name).toEqual([]);
			// Where a layer has no bias, float32 goes by a kernel of tfjs, which sums in another order.
			expect.soft(difference, name).toBeLessThanOrEqual(name.includes('Swin') ? 2e-6 : 0);
			expect.soft(saved, `${name}: bytes saved`).toBe(backend === 'webgpu' ? toSave : 0);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
