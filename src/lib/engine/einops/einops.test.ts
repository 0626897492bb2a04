import { describe, expect, it } from 'vitest';
import { rearrange, reduce, repeat, type Tensor } from './apply';
import { EinopsError } from './error';
import { MOVES } from './testing/moves';
import { RECORDED } from './testing/recorded';
import { REDUCINGS } from './testing/reductions';
import { REFUSALS, type Refusal } from './testing/refusals';

const sizeOf = (shape: readonly number[]) => shape.reduce((size, length) => size * length, 1);

/** Index of a place, row-major: numpy's ravel_multi_index. */
const indexOf = (at: readonly number[], shape: readonly number[]) =>
	shape.reduce((index, length, axis) => index * length + (at[axis] ?? NaN), 0);

/** All places of a shape, row-major. */
function placesOf(shape: readonly number[]): number[][] {
	const [length, ...rest] = shape;
	if (length === undefined) return [[]];
	const inner = placesOf(rest);
	return Array.from({ length }, (_, i) => inner.map((at) => [i, ...at])).flat();
}

/** A tensor of numbers that are all different, in no order, some of them 0 or negative. */
function tensorOf(shape: readonly number[]): Tensor {
	const size = sizeOf(shape);
	return { shape, data: Float32Array.from({ length: size }, (_, i) => ((i * 7919 + 3) % 10007) / 8 - 600) };
}

/** A tensor with zeros in it, so that `any` and `all` have something to find. */
function mostlyZeros(shape: readonly number[]): Tensor {
	return { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => (i % 5 < 2 ? (i % 3) - 1 : 0)) };
}

const NAIVE = {
	sum: (values: number[]) => values.reduce((a, b) => a + b, 0),
	mean: (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length,
	prod: (values: number[]) => values.reduce((a, b) => a * b, 1),
	max: (values: number[]) => Math.max(...values),
	min: (values: number[]) => Math.min(...values),
	any: (values: number[]) => (values.some(Boolean) ? 1 : 0),
	all: (values: number[]) => (values.every(Boolean) ? 1 : 0)
};

type Asked = Pick<Refusal, 'op' | 'pattern' | 'shape' | 'sizes'>;

function run({ op, pattern, shape, sizes }: Asked, input: Tensor = tensorOf(shape)): Tensor {
	if (op === 'rearrange') return rearrange(input, pattern, sizes);
	if (op === 'repeat') return repeat(input, pattern, sizes);
	return reduce(input, pattern, op, sizes);
}

function errorOf(act: () => unknown): EinopsError {
	try {
		act();
	} catch (error) {
		if (error instanceof EinopsError) return error;
		throw error;
	}
	throw new Error('nothing was thrown');
}

it('has at least 60 of each kind', () => {
	expect(MOVES.length + REDUCINGS.length).toBeGreaterThanOrEqual(60);
	expect(REFUSALS.length).toBeGreaterThanOrEqual(60);
});

describe('answers as einops 0.8.2 does', () => {
	it.each(RECORDED)('%s %j of %j with %j', (op, pattern, shape, sizes, result) => {
		const input = { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => i) };
		const asked = { op, pattern, shape, sizes };
		if (result === null) return expect(() => run(asked, input)).toThrow(EinopsError);
		const output = run(asked, input);
		expect({ shape: output.shape, values: [...output.data] }).toEqual(result);
	});
});

describe('accepts', () => {
	it.each(MOVES)('$op $pattern of $shape with $sizes', ({ op, pattern, shape, sizes, out, from }) => {
		const input = tensorOf(shape);
		const output = (op === 'repeat' ? repeat : rearrange)(input, pattern, sizes);
		expect(output.shape).toEqual(out);
		expect(output.data).toHaveLength(sizeOf(out));
		const wanted = placesOf(out).map((at) => input.data[indexOf(from(...at), shape)]);
		expect([...output.data]).toEqual(wanted);
	});

	it.each(REDUCINGS)('$reduction $pattern of $shape with $sizes', ({ reduction, pattern, shape, sizes, out, from }) => {
		const input = reduction === 'any' || reduction === 'all' ? mostlyZeros(shape) : tensorOf(shape);
		const output = reduce(input, pattern, reduction, sizes);
		expect(output.shape).toEqual(out);
		const wanted = placesOf(out).map((at) =>
			Math.fround(NAIVE[reduction](from(...at).map((place) => input.data[indexOf(place, shape)] ?? NaN)))
		);
		expect([...output.data]).toEqual(wanted);
	});

	it('finds some rows with anything in them and some without', () => {
		const input = { shape: [4, 2], data: Float32Array.of(0, 0, 0, 2, 3, 0, -1, 4) };
		expect([...reduce(input, 'a b -> a', 'any').data]).toEqual([0, 1, 1, 1]);
		expect([...reduce(input, 'a b -> a', 'all').data]).toEqual([0, 0, 0, 1]);
	});

	it('a list of tensors, stacked', () => {
		const [a, b] = [tensorOf([2, 3]), { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }];
		const output = rearrange([a, b], 'n h w -> h (n w)');
		expect(output.shape).toEqual([2, 6]);
		const rows = [0, 1].flatMap((h) => [a, b].flatMap(({ data }) => [...data.slice(3 * h, 3 * h + 3)]));
		expect([...output.data]).toEqual(rows);
	});

	it('a reduction of the caller', () => {
		const spread = (values: Float32Array) => Math.max(...values) - Math.min(...values);
		const input = { shape: [2, 3], data: Float32Array.of(1, 5, 2, 8, 8, 8) };
		expect([...reduce(input, 'a b -> a', spread).data]).toEqual([4, 0]);
	});

	it('and passes on what is no number', () => {
		const input = { shape: [2], data: Float32Array.of(NaN, 1) };
		expect(reduce(input, 'a ->', 'max').data[0]).toBeNaN();
	});
});

describe('refuses', () => {
	it.each(REFUSALS)('$op $pattern of $shape with $sizes', (refusal) => {
		const { op, pattern, shape, sizes, says, marked } = refusal;
		const error = errorOf(() => run(refusal));
		expect(error.sentence).toMatch(says);
		expect(error.sentence).toMatch(/^\P{Ll}.*\.$/su);
		expect(error.message).toBe(`${error.sentence} [${error.asked}]`);
		expect(error.asked).toContain(`${op} "${pattern}"`);
		expect(error.asked).toContain(`input shape (${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
		for (const [name, length] of Object.entries(sizes)) expect(error.asked).toContain(`${name} = ${length}`);
		expect(mark(pattern, error)).toBe(marked);
	});

	it('a reduction that there is not, even with the name of a method', () => {
		// @ts-expect-error A reader may type any name.
		expect(errorOf(() => reduce(tensorOf([2, 3]), 'a b -> a', 'median')).sentence).toMatch(/choose one of sum, mean/);
		// @ts-expect-error A reader may type any name, even that of a method.
		expect(errorOf(() => reduce(tensorOf([2]), 'a ->', 'toString')).sentence).toMatch(/no reduction 'toString'/);
	});

	it('lists of no tensor, or of different shapes', () => {
		expect(errorOf(() => rearrange([], 'a -> a')).sentence).toMatch(/no tensor in the list/);
		const list = [tensorOf([2]), tensorOf([3])];
		expect(errorOf(() => rearrange(list, 'n a -> a n')).sentence).toMatch(/differ in shape, \(2,\) and \(3,\)/);
	});

	it('data that do not fill the shape, and lengths that are none', () => {
		const input = { shape: [2, 3], data: new Float32Array(5) };
		expect(errorOf(() => rearrange(input, 'a b -> b a')).sentence).toMatch(/5 elements, which do not fill its shape/);
		const broken = { shape: [-1, -2], data: new Float32Array(2) };
		expect(errorOf(() => rearrange(broken, 'a b -> b a')).sentence).toMatch(/holds -1, which is no length/);
	});
});

/** The pattern with what the error blames between bars, or null where it blames no part of it. */
function mark(pattern: string, { span }: EinopsError): string | null {
	if (!span) return null;
	return `${pattern.slice(0, span.start)}|${pattern.slice(span.start, span.end)}|${pattern.slice(span.end)}`;
}
