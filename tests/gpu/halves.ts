import { expect } from 'playwright/test';
import { test } from './pages';

export function halvesOnWebGpu(): void {
	test('WebGPU multiplies by every float16 number exactly', async ({ running }) => {
		const page = await running('webgpu');
		expect(await page.evaluate(() => window.bridge.countWrongHalves())).toBe(0);
	});

	test('a float16 checkpoint on WebGPU gives what its numbers give as float32, and takes half the memory', async ({
		running
	}) => {
		test.setTimeout(300_000);
		const page = await running('webgpu');
		const comparisons = await page.evaluate(() => window.bridge.compareHalves());
		expect(comparisons).toHaveLength(2);
		for (const { name, differences, saved, toSave, leaked } of comparisons) {
			for (const [read, difference] of Object.entries(differences)) {
				// Where a layer has no bias, float32 goes by a kernel of tfjs, which sums in another order.
				const isExact = read !== 'logits' || !name.includes('without biases');
				expect.soft(difference, `${name}: ${read}`).toBeLessThanOrEqual(isExact ? 0 : 2e-6);
			}
			expect.soft(saved, `${name}: bytes saved`).toBe(toSave);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
