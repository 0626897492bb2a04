import { expect, it } from 'vitest';
import { describePairs, toPairs } from './pairs-report.ts';

it("gives each side's median, and the median of the ratios instead of the ratio of the medians", () => {
	const pairs = toPairs('wasm', { threads: 2, this: [10, 40, 90], other: [20, 50, 100], difference: 3e-6 });
	expect(pairs).toMatchObject({ backend: 'wasm', threads: 2, pairs: 3, this: 40, other: 50, difference: 3e-6 });
	expect(pairs.ratio.median).toBe(0.8);
	expect(describePairs(pairs)).toContain('wasm, 2 threads, 3 pairs of runs');
	expect(describePairs(pairs)).toContain('this 40 ms, other 50 ms');
	expect(describePairs(pairs)).toContain('3.0e-6');
});
