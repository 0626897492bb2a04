import { expect, it } from 'vitest';
import { describeRatio, pairedRatio } from './paired-ratio.ts';

it('divides pair by pair, so that what slows both down together is not seen', () => {
	const others = [100, 100, 300, 100, 500, 100, 100];
	const these = others.map((value) => 0.9 * value);
	expect(pairedRatio(these, others)).toEqual({ median: 0.9, interval: [0.9, 0.9], coverage: 0.9844 });
});

it('takes the interval between the order statistics of the ratios', () => {
	const these = [1.08, 1.01, 1.05, 1.03, 1.06, 1.02, 1.07, 1.04, 1.09];
	const ratio = pairedRatio(
		these,
		these.map(() => 1)
	);
	expect(ratio).toEqual({ median: 1.05, interval: [1.02, 1.08], coverage: 0.9609 });
	expect(describeRatio(ratio)).toBe('ratio 1.050, 95 % interval 1.020 to 1.080');
});

it('gives no interval of fewer than 6 pairs, and says so', () => {
	const ratio = pairedRatio([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]);
	expect(ratio).toEqual({ median: 0.5, interval: null, coverage: null });
	expect(describeRatio(ratio)).toBe('ratio 0.500, too few pairs for a 95 % interval');
});
