import { describe, expect, it } from 'vitest';
import { longestOverMedian, outliersOf, tokenLengths, tokenNorms } from './token-norms';

it('are the lengths of the rows', () => {
	const tap = { shape: [1, 3, 2], data: Float32Array.of(3, 4, 0, 0, -5, 12) };
	expect([...tokenNorms(tap)]).toEqual([5, 0, 13]);
});

it('compares the longest with the median', () => {
	expect(longestOverMedian(Float32Array.of(2, 28, 1, 1, 3))).toBe(14);
	expect(longestOverMedian(new Float32Array())).toBeNaN();
});

describe('outliers', () => {
	it('are what lies beyond the outer fence, and never CLS', () => {
		// Quartiles of 1..5, 100 are 2.25 and 4.75: the fence is 12.25.
		const { fence, quartiles, tokens, median } = outliersOf(Float32Array.of(500, 1, 2, 3, 100, 4, 5), 1);
		expect([fence, median, ...quartiles]).toEqual([12.25, 3.5, 2.25, 4.75]);
		expect(tokens).toEqual([4]);
		expect(outliersOf(Float32Array.of(9, 1, 2, 3, 4), 1).tokens).toEqual([]);
	});

	it('are those of the tokens that are there', () => {
		const { fence, tokens, median } = outliersOf(Float32Array.of(500, NaN, 1, 2, 3, 100, NaN, 4, 5), 1);
		expect([fence, median]).toEqual([12.25, 3.5]);
		expect(tokens).toEqual([5]);
	});
});

describe('the lengths of a block', () => {
	/** Two tokens before the patches, and six patches, of one feature each. */
	const data = Float32Array.of(-7, 90, 1, 2, -3, 100, 4, 5);

	it('part the patches from what stands before them', () => {
		const { before, patches, median, tokens } = tokenLengths({ shape: [1, 8, 1], data }, 2, 8);
		expect(before).toEqual([7, 90]);
		expect([...patches]).toEqual([1, 2, 3, 100, 4, 5]);
		expect(median).toBe(3.5);
		expect(tokens).toEqual([5]);
	});

	it('leave the place of a token that was taken out empty', () => {
		const left = [0, 2, 3, 5];
		const tap = { shape: [1, 4, 1], data: Float32Array.of(-7, 1, 2, 100), tokens: left };
		const { before, patches, median } = tokenLengths(tap, 2, 8);
		expect(before).toEqual([7, NaN]);
		expect([...patches]).toEqual([1, 2, NaN, 100, NaN, NaN]);
		expect(median).toBe(2);
	});

	it('are those of patches alone where nothing stands before them', () => {
		const { before, patches } = tokenLengths({ shape: [1, 2, 1], data: Float32Array.of(3, 4) }, 0, 2);
		expect(before).toEqual([]);
		expect([...patches]).toEqual([3, 4]);
	});
});
