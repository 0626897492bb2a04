import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rearrange, reduce, repeat, type Tensor } from '../../src/lib/engine/einops/apply';
import type { Reduction } from '../../src/lib/engine/einops/check';
import { EinopsError, type Sizes } from '../../src/lib/engine/einops/error';
import { hasShared, SHARED } from './recorded';

interface Case {
	readonly op: 'rearrange' | 'reduce' | 'repeat';
	readonly shape: readonly number[];
	readonly pattern: string;
	readonly sizes: Sizes;
	readonly reduction: Reduction | null;
}

interface Accepted extends Case {
	readonly out_shape: readonly number[];
	/** Row-major, nested or not; null where there are too many to write down. */
	readonly values: readonly unknown[] | number | null;
	/** The sum of values[i] * (i mod 97). */
	readonly weighted_sum: number;
}

const RECORDING = 'parity/einops.json';
const there = hasShared(RECORDING);

function recording(): { accepted: readonly Accepted[]; rejected: readonly Case[] } {
	return there ? JSON.parse(readFileSync(SHARED + RECORDING, 'utf8')) : { accepted: [], rejected: [] };
}

/** 0, 1, 2 and so on. */
function counted(shape: readonly number[]): Tensor {
	const size = shape.reduce((product, length) => product * length, 1);
	return { shape, data: Float32Array.from({ length: size }, (_, i) => i) };
}

function run({ op, shape, pattern, sizes, reduction }: Case): Tensor {
	if (op === 'reduce') return reduce(counted(shape), pattern, reduction ?? 'sum', sizes);
	return (op === 'repeat' ? repeat : rearrange)(counted(shape), pattern, sizes);
}

const title = ({ op, pattern, shape }: Case) => `${op} ${pattern} of (${shape.join(', ')})`;

describe.runIf(there)('the cases recorded from the reference', () => {
	const { accepted, rejected } = recording();

	it.each(accepted.map((example) => [title(example), example] as const))('gives %s', (_, example) => {
		const output = run(example);
		expect(output.shape).toEqual(example.out_shape);
		const sum = output.data.reduce((total, value, i) => total + value * (i % 97), 0);
		// Float32 holds whole numbers up to 2 ** 24; only the products go beyond.
		expect(Math.abs(sum - example.weighted_sum)).toBeLessThanOrEqual(1e-7 * Math.abs(example.weighted_sum));
		if (example.values === null) return;
		const values = [example.values].flat(Infinity).map((value) => Math.fround(Number(value)));
		expect([...output.data]).toEqual(values);
	});

	it.each(rejected.map((example) => [title(example), example] as const))('refuses %s', (_, example) => {
		expect(() => run(example)).toThrow(EinopsError);
	});
});
