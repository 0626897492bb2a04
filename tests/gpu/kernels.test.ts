import { expect, test } from 'playwright/test';
import { servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

/** float32's own rounding, some sums deep. */
const TOLERANCE = 2e-6;

for (const backend of ['webgl', 'webgpu'] as const) {
	test(`every kernel of our own on ${backend} does what plain ops do, at every size`, async ({ page }) => {
		test.setTimeout(300_000);
		await open(page);
		const comparisons = await page.evaluate((name) => window.bridge.compareKernels(name), backend);
		expect(comparisons.length).toBeGreaterThan(30);
		for (const { name, isRegistered, difference, leaked } of comparisons) {
			expect.soft(isRegistered, `${name}: our own kernel ran`).toBe(true);
			expect.soft(difference, name).toBeLessThan(TOLERANCE);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}

test('layer norm stays finite and right with float16 textures', async ({ page }) => {
	await open(page);
	await page.evaluate(() => window.bridge.start('webgl', { halfPrecision: true }));
	const checks = await page.evaluate(() => window.bridge.checkHalfPrecision());
	expect(checks).toHaveLength(12);
	for (const { name, difference } of checks) {
		// A float16 has 11 significant bits, and both the row and its result are rounded to it.
		expect.soft(difference, name).toBeLessThan(4e-3);
	}
});
