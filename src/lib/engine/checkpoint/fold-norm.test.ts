import { describe, expect, it } from 'vitest';
import { foldNorm } from './fold-norm';

const floats = (...values: number[]) => Float32Array.from(values);

describe('a batch norm that is folded', () => {
	it('scales each output’s kernel and leaves a bias', () => {
		const { weight, bias } = foldNorm([floats(1, 2), floats(3, -4), floats(0.5, 1), floats(2, 1), floats(8, 0)], {
			outputs: 2,
			kernel: 1,
			eps: 1
		});
		// 3 / sqrt(8 + 1) = 1, and -4 / sqrt(0 + 1) = -4.
		expect(Array.from(weight)).toEqual([1, -8]);
		expect(Array.from(bias)).toEqual([0.5 - 2, 1 + 4]);
	});

	it('turns the kernel from PyTorch’s order to that of tfjs: outputs last', () => {
		const weight = Float32Array.from({ length: 2 * 2 * 9 }, (_, i) => i);
		const [ones, zeros] = [floats(1, 1), floats(0, 0)];
		const folded = foldNorm([weight, ones, zeros, zeros, ones], { outputs: 2, kernel: 3, eps: 0 }).weight;
		// (output, input, place) is at output * 18 + input * 9 + place, and comes to (place, input, output).
		expect(folded[5 * 4 + 1 * 2 + 0]).toBe(0 * 18 + 1 * 9 + 5);
		expect(folded[8 * 4 + 0 * 2 + 1]).toBe(1 * 18 + 0 * 9 + 8);
	});

	it('is worked out in double precision', () => {
		const variance = 1e-10;
		const { bias } = foldNorm([floats(1), floats(1), floats(0), floats(1), floats(variance)], {
			outputs: 1,
			kernel: 1,
			eps: 1e-12
		});
		expect(bias[0]).toBe(Math.fround(-1 / Math.sqrt(Math.fround(variance) + 1e-12)));
	});
});
