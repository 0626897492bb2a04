import { expect, test } from 'playwright/test';
import { servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

for (const backend of ['wasm', 'webgl', 'webgpu'] as const) {
	test(`every kind of ViT runs on the page's ${backend}`, async ({ page }) => {
		test.setTimeout(300_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		const comparisons = await page.evaluate(() => window.bridge.compareVariants());
		expect(comparisons.length).toBeGreaterThan(5);
		for (const { name, differences, leaked } of comparisons) {
			for (const [read, difference] of Object.entries(differences)) {
				expect.soft(difference, `${name}: ${read}`).toBeLessThan(1e-5);
			}
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}

for (const backend of ['wasm', 'webgl', 'webgpu'] as const) {
	test(`edits do on the page's ${backend} what they say`, async ({ page }) => {
		test.setTimeout(300_000);
		await open(page);
		await page.evaluate((name) => window.bridge.start(name), backend);
		const comparisons = await page.evaluate(() => window.bridge.compareEdits());
		expect(comparisons.length).toBeGreaterThan(10);
		for (const { name, difference, moved, leaked } of comparisons) {
			expect.soft(difference, name).toBeLessThan(1e-5);
			if (!name.includes('twice')) expect.soft(moved, `${name}: what the edits changed`).toBeGreaterThan(1e-4);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
