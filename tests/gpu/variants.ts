import { expect } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import { test } from './pages';

/** Every kind of ViT beside the plain computation in float64, and edits beside the runs that they must equal. */
export function variantsOn(backend: BackendName): void {
	test(`every kind of ViT runs on the page's ${backend}`, async ({ running }) => {
		test.setTimeout(300_000);
		const page = await running(backend);
		const comparisons = await page.evaluate(() => window.bridge.compareVariants());
		expect(comparisons.length).toBeGreaterThan(5);
		for (const { name, differences, leaked } of comparisons) {
			for (const [read, difference] of Object.entries(differences)) {
				expect.soft(difference, `${name}: ${read}`).toBeLessThan(1e-5);
			}
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});

	test(`edits do on the page's ${backend} what they say`, async ({ running }) => {
		test.setTimeout(300_000);
		const page = await running(backend);
		const comparisons = await page.evaluate(() => window.bridge.compareEdits());
		expect(comparisons.length).toBeGreaterThan(10);
		for (const { name, difference, moved, leaked } of comparisons) {
			expect.soft(difference, name).toBeLessThan(1e-5);
			if (!name.includes('twice')) expect.soft(moved, `${name}: what the edits changed`).toBeGreaterThan(1e-4);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
