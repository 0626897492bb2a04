import { expect } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import { largest, largestDifference } from './page/numbers';
import { test } from './pages';

/** Those on wasm are held to finite differences, on Node: src/lib/engine/backward.test.ts. */
export function gradientsOn(backend: BackendName): void {
	test(`gradients on the page's ${backend} are those on wasm`, async ({ running }) => {
		test.setTimeout(300_000);
		const found = [];
		for (const name of ['wasm', backend] as const) {
			const page = await running(name);
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
