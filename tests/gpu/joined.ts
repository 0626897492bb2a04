import { expect } from 'playwright/test';
import type { BackendName } from '../../src/lib/engine/backends/names';
import { KERNELS } from '../../src/lib/engine/ops/dispatch';
import { test } from './pages';

/** A run that keeps nothing of what lies between two operations takes them as one: less to begin, and the same logits. */
export function joinedOn(backend: BackendName): void {
	test(`a run that is asked for little takes fewer programs on ${backend}, and says the same`, async ({ running }) => {
		test.setTimeout(300_000);
		const page = await running(backend);
		const comparisons = await page.evaluate(() => window.bridge.compareJoined());
		expect(comparisons).toHaveLength(4);
		for (const { name, difference, kernels, leaked } of comparisons) {
			const count = (run: readonly string[], kernel: string) => run.filter((one) => one === kernel).length;
			expect.soft(difference, name).toBeLessThanOrEqual(1e-6);
			expect.soft(count(kernels.all, KERNELS.linearPlus), `${name}: joined in a run that keeps all`).toBe(0);
			expect.soft(count(kernels.asked, KERNELS.linearPlus), `${name}: residuals`).toBeGreaterThanOrEqual(4);
			const gelus = name.includes('GELU') ? 0 : count(kernels.asked, KERNELS.linearPlus) / 2;
			expect.soft(count(kernels.asked, KERNELS.linearGelu), `${name}: GELU`).toBe(gelus);
			expect.soft(leaked, `${name}: tensors left behind`).toBe(0);
		}
	});
}
