import { expect } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import { test } from './pages';

/** float32's own rounding, some sums deep. */
const TOLERANCE = 2e-6;

export function kernelsOn(backend: BackendName): void {
	test(`every kernel of our own on ${backend} does what plain ops do, at every size`, async ({ running }) => {
		test.setTimeout(300_000);
		const page = await running(backend);
		const comparisons = await page.evaluate((name) => window.bridge.compareKernels(name), backend);
		expect(comparisons.length).toBeGreaterThan(30);
		for (const { name, isRegistered, difference, leaked } of comparisons) {
			expect.soft(isRegistered, `${name}: our own kernel ran`).toBe(true);
			expect.soft(difference, name).toBeLessThan(TOLERANCE);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
