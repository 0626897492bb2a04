import { REDUCTIONS, type Operation, type Reducer, type Reduction } from './check';
import { EinopsError, writeShape, type Request, type Sizes } from './error';
import { offsets, outAxes, plan, reducedAxes, type Plan } from './plan';

/** Values, row-major, and the length of each axis; no axis for a single number. */
export interface Tensor {
	readonly data: Float32Array;
	readonly shape: readonly number[];
}

/** A tensor, or several of one shape: these are stacked, and the pattern then begins with the axis along the stack. */
export type Input = Tensor | readonly Tensor[];

/**
 * Splits, transposes and merges axes; every element of the input is once in the output.
 * @throws EinopsError
 */
export function rearrange(input: Input, pattern: string, sizes: Sizes = {}): Tensor {
	return move('rearrange', input, pattern, sizes);
}

/**
 * As {@link rearrange}, and repeats the input along axes that stand only on the right.
 * @throws EinopsError
 */
export function repeat(input: Input, pattern: string, sizes: Sizes = {}): Tensor {
	return move('repeat', input, pattern, sizes);
}

/**
 * As {@link rearrange}, and makes one number of all the elements along the axes that stand only on the left. `any` and
 * `all` give 1 or 0.
 * @throws EinopsError
 */
export function reduce(input: Input, pattern: string, reduction: Reduction | Reducer, sizes: Sizes = {}): Tensor {
	const named = typeof reduction === 'string';
	const { tensor, request } = begin(named ? reduction : 'reduce', input, pattern, sizes);
	if (named && !(REDUCTIONS as readonly string[]).includes(reduction)) {
		throw new EinopsError(`There is no reduction '${reduction}': choose one of ${REDUCTIONS.join(', ')}.`, request);
	}
	const made = plan('reduce', request);
	const among = offsets(reducedAxes(made));
	const starts = offsets(outAxes(made));
	if (among.length === 0 && starts.length > 0 && (reduction === 'max' || reduction === 'min')) {
		throw new EinopsError(`There is no ${reduction} of no elements: an axis that is reduced has length 0.`, request);
	}
	return { data: fold(tensor.data, starts, among, named ? REDUCERS[reduction] : reduction), shape: made.outShape };
}

/** The elements of a tensor in the order of a plan without a reduction. */
export function gather(data: Float32Array, made: Plan): Float32Array {
	const sources = offsets(outAxes(made));
	const gathered = new Float32Array(sources.length);
	for (let i = 0; i < gathered.length; i++) gathered[i] = data[sources[i] ?? 0] ?? NaN;
	return gathered;
}

function move(operation: Exclude<Operation, 'reduce'>, input: Input, pattern: string, sizes: Sizes): Tensor {
	const { tensor, request } = begin(operation, input, pattern, sizes);
	const made = plan(operation, request);
	return { data: gather(tensor.data, made), shape: made.outShape };
}

function begin(op: string, input: Input, pattern: string, sizes: Sizes): { tensor: Tensor; request: Request } {
	const tensors = 'shape' in input ? [input] : input;
	const [first] = tensors;
	const request = { op, pattern, sizes, shape: first?.shape ?? [] };
	if (!first) throw new EinopsError('There is no tensor in the list: give at least one.', request);
	for (const { data, shape } of tensors) {
		if (String(shape) !== String(first.shape)) {
			const sentence = `The tensors of the list differ in shape, ${writeShape(first.shape)} and ${writeShape(shape)}: give them one shape.`;
			throw new EinopsError(sentence, request);
		}
		if (data.length !== shape.reduce((size, length) => size * length, 1)) {
			const sentence = `The input has ${data.length} elements, which do not fill its shape: give it the shape that it has.`;
			throw new EinopsError(sentence, request);
		}
	}
	if ('shape' in input) return { tensor: input, request };
	const shape = [tensors.length, ...first.shape];
	return { tensor: { data: concat(tensors), shape }, request: { ...request, shape } };
}

function concat(tensors: readonly Tensor[]): Float32Array {
	const all = new Float32Array(tensors.reduce((size, { data }) => size + data.length, 0));
	let start = 0;
	for (const { data } of tensors) {
		all.set(data, start);
		start += data.length;
	}
	return all;
}

/** Sums and products are made in float64, and rounded once. */
const REDUCERS: Readonly<Record<Reduction, Reducer>> = {
	sum: (values) => total(values),
	mean: (values) => total(values) / values.length,
	prod: (values) => values.reduce((product, value) => product * value, 1),
	max: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
	min: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
	any: (values) => Number(values.some((value) => value !== 0)),
	all: (values) => Number(values.every((value) => value !== 0))
};

const total = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

/** For each start the reduction of the elements at all the offsets from it. */
function fold(data: Float32Array, starts: Uint32Array, among: Uint32Array, reducer: Reducer): Float32Array {
	const values = new Float32Array(among.length);
	return Float32Array.from(starts, (start) => {
		for (let i = 0; i < among.length; i++) values[i] = data[start + (among[i] ?? 0)] ?? NaN;
		return reducer(values);
	});
}
