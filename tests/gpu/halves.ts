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
				expect.soft(difference, `${name}: ${read}`).toBe(0);
			}
			expect.soft(saved, `${name}: bytes saved`).toBe(toSave);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});

	test('the float16 model that comes with the page says on WebGPU what float32 says on the cpu', async ({
		running
	}) => {
		test.setTimeout(300_000);
		const page = await running('webgpu');
		const found = await page.evaluate(() => window.bridge.compareHalvesWithCpu('/bundled/'));
		expect(found.logits).toBeLessThan(1e-3);
		expect(found.patterns).toBeLessThan(1e-3);
		expect(found.parameters).toBeGreaterThan(5e6);
		// Matrices take half; what is no matrix, a few thousandths of all, stays float32.
		expect(found.bytes / (4 * found.parameters)).toBeGreaterThan(0.5);
		expect(found.bytes / (4 * found.parameters)).toBeLessThan(0.52);
		expect(found.cpuBytes).toBe(4 * found.parameters);
		expect(found.leaked).toBe(0);
	});
}
