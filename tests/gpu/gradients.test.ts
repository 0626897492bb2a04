import { expect, test } from 'playwright/test';
import { largest, largestDifference } from './page/numbers';
import { servePage } from './pages';

const open = servePage('tests/gpu/page', 'bridge');

// Those on wasm are held to finite differences, on Node: src/lib/engine/backward.test.ts.
for (const backend of ['webgl', 'webgpu'] as const) {
	test(`gradients on the page's ${backend} are those on wasm`, async ({ page }) => {
		test.setTimeout(300_000);
		const found = [];
		for (const name of ['wasm', backend] as const) {
			await open(page);
			await page.evaluate((one) => window.bridge.start(one), name);
			found.push(await page.evaluate(() => window.bridge.findGradients()));
		}
		const [expected = [], ours = []] = found;
		expect(expected.length).toBeGreaterThan(5);
		for (const [i, { name, values }] of expected.entries()) {
			for (const [tap, truth] of Object.entries(values)) {
				const off = largestDifference(truth, ours[i]?.values[tap] ?? []) / largest(truth);
				expect.soft(off, `${name}: ${tap}`).toBeLessThan(1e-4);
			}
			expect.soft(ours[i]?.leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
