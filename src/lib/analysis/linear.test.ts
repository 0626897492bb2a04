import { describe, expect, it } from 'vitest';
import {
	columnAt,
	dot,
	largestDifference,
	layerNorm,
	linear,
	moments,
	norm,
	quantileOf,
	rowAt,
	softmax,
	softmaxSteps
} from './linear';

const matrix = Float32Array.of(1, 2, 3, 4, 5, 6);

describe('rows and columns', () => {
	it('are taken from a row-major matrix', () => {
		expect([...rowAt(matrix, 3, 1)]).toEqual([4, 5, 6]);
		expect([...columnAt(matrix, 3, 1)]).toEqual([2, 5]);
	});
});

describe('linear', () => {
	it('is x W + b, with the weights stored inputs by outputs', () => {
		expect([...linear([10, 100], matrix, [0.5, 0, -1])]).toEqual([410.5, 520, 629]);
	});

	it('does without a bias', () => {
		expect([...linear([10, 100], matrix, null)]).toEqual([410, 520, 630]);
	});

	it('has each output as the dot product with a column', () => {
		expect(linear([10, 100], matrix, null)[2]).toBe(dot([10, 100], columnAt(matrix, 3, 2)));
	});
});

describe('layerNorm', () => {
	it('brings a row to mean 0 and variance 1, then scales and shifts', () => {
		const plain = layerNorm([1, 2, 3, 4], { weight: [1, 1, 1, 1], bias: [0, 0, 0, 0], eps: 0 });
		const { mean, variance } = moments(plain);
		expect(mean).toBeCloseTo(0, 12);
		expect(variance).toBeCloseTo(1, 12);
		const scaled = layerNorm([1, 2, 3, 4], { weight: [2, 1, 1, 0], bias: [1, 0, 0, 7], eps: 0 });
		expect(scaled[0]).toBeCloseTo(2 * (plain[0] ?? NaN) + 1, 12);
		expect(scaled[3]).toBe(7);
	});

	it('adds eps to the variance', () => {
		expect([...layerNorm([0, 2], { weight: [1, 1], bias: [0, 0], eps: 3 })]).toEqual([-0.5, 0.5]);
	});
});

describe('moments', () => {
	it('divides by the count', () => {
		expect(moments([1, 3])).toEqual({ mean: 2, variance: 1 });
		expect(moments([])).toEqual({ mean: 0, variance: 0 });
	});
});

describe('softmax', () => {
	it('sums to 1 in the ratios of the exponentials', () => {
		const p = softmax([0, Math.log(3)]);
		expect(p[0]).toBeCloseTo(0.25, 12);
		expect(p[1]).toBeCloseTo(0.75, 12);
	});

	it('does not overflow', () => {
		expect([...softmax([1e4, 1e4])]).toEqual([0.5, 0.5]);
	});
});

describe('sizes and differences', () => {
	it('norm is the Euclidean length', () => {
		expect(norm([3, 4])).toBe(5);
	});

	it('largestDifference is absolute, and not blind to what is missing', () => {
		expect(largestDifference([1, 5, 2], [1, 2, 3])).toBe(3);
		expect(largestDifference([1, 5], [1])).toBeNaN();
		expect(largestDifference([1], [1, 5])).toBeNaN();
		expect(largestDifference([NaN, 1], [0, 1])).toBeNaN();
	});
});

describe('a softmax, step by step', () => {
	it('makes weights of scores, and shows what they go through', () => {
		const { largest, powers, total, weights } = softmaxSteps([Math.log(2), 0, Math.log(5)]);
		expect(largest).toBeCloseTo(Math.log(5), 12);
		expect([...powers].map((p) => p.toFixed(6))).toEqual(['0.400000', '0.200000', '1.000000']);
		expect(total).toBeCloseTo(1.6, 12);
		expect([...weights].map((w) => w.toFixed(6))).toEqual(['0.250000', '0.125000', '0.625000']);
	});

	it('survives scores whose powers would overflow', () => {
		expect([...softmaxSteps([1000, 0]).weights]).toEqual([1, 0]);
	});
});

describe('quantileOf', () => {
	it.each([
		[0, 1],
		[0.25, 2],
		[0.5, 3],
		[0.9, 8.8],
		[1, 10]
	])('has a share of %d below %d', (share, value) => {
		expect(quantileOf([1, 2, 3, 7, 10], share)).toBeCloseTo(value, 12);
	});

	it('is 0 of nothing', () => {
		expect(quantileOf([], 0.99)).toBe(0);
	});
});
