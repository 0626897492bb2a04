/** Numbers of any kind, read by index: a `Float32Array` of a tap, or a plain array. */
export type Numbers = ArrayLike<number>;

/** Row `row` of a matrix whose rows are `width` long: a view, not a copy. */
export function rowAt(data: Float32Array, width: number, row: number): Float32Array {
	return data.subarray(row * width, (row + 1) * width);
}

/** Column `column` of a matrix whose rows are `width` long: a copy. */
export function columnAt(data: Numbers, width: number, column: number): Float32Array {
	const values = new Float32Array(data.length / width);
	for (let row = 0; row < values.length; row++) values[row] = data[row * width + column] ?? NaN;
	return values;
}

/** Sum of the products of two vectors of one length, in double precision. */
export function dot(a: Numbers, b: Numbers): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}

/** Euclidean length. */
export function norm(a: Numbers): number {
	return Math.sqrt(dot(a, a));
}

/**
 * The value that a share of all values lies below, by linear interpolation; 0 of none.
 * @param sorted rising
 * @param share in [0, 1]
 */
export function quantileOf(sorted: Numbers, share: number): number {
	const at = share * (sorted.length - 1);
	const below = sorted[Math.floor(at)] ?? 0;
	return below + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? 0) - below);
}

/**
 * One row through a linear layer, `y = x W + b`, in double precision.
 * @param x (inputs)
 * @param weight (inputs, outputs), row-major
 * @param bias (outputs), or null for none
 * @returns (outputs)
 */
export function linear(x: Numbers, weight: Numbers, bias: Numbers | null): Float64Array {
	const outputs = weight.length / x.length;
	const y = new Float64Array(outputs);
	for (let o = 0; o < outputs; o++) y[o] = bias?.[o] ?? 0;
	for (let i = 0; i < x.length; i++) {
		const value = x[i] ?? 0;
		const start = i * outputs;
		for (let o = 0; o < outputs; o++) y[o] = (y[o] ?? 0) + value * (weight[start + o] ?? 0);
	}
	return y;
}

/** A layer norm's parameters: (features) each. */
export interface NormParameters {
	readonly weight: Numbers;
	readonly bias: Numbers;
	/** Added to the variance. */
	readonly eps: number;
}

/**
 * Layer norm of one row (Ba, Kiros, Hinton 2016, arXiv 1607.06450, equation 3):
 *
 *     y_i = (x_i - mean) / sqrt(variance + eps) * weight_i + bias_i
 *
 * with mean and variance (divided by the number of features) over the row itself.
 */
export function layerNorm(x: Numbers, { weight, bias, eps }: NormParameters): Float64Array {
	const { mean, variance } = moments(x);
	const scale = 1 / Math.sqrt(variance + eps);
	return Float64Array.from(
		{ length: x.length },
		(_, i) => ((x[i] ?? 0) - mean) * scale * (weight[i] ?? 0) + (bias[i] ?? 0)
	);
}

/** Mean and variance (divided by the count, as layer norm does); both 0 for no numbers. */
export function moments(x: Numbers): { mean: number; variance: number } {
	if (x.length === 0) return { mean: 0, variance: 0 };
	let sum = 0;
	for (let i = 0; i < x.length; i++) sum += x[i] ?? 0;
	const mean = sum / x.length;
	let squares = 0;
	for (let i = 0; i < x.length; i++) squares += ((x[i] ?? 0) - mean) ** 2;
	return { mean, variance: squares / x.length };
}

/** A softmax with what it goes through: `powers[j] = exp(scores[j] - largest)`, `weights[j] = powers[j] / total`. */
export interface Softmax {
	readonly largest: number;
	readonly powers: Float64Array;
	readonly total: number;
	readonly weights: Float64Array;
}

/** Computed from the largest down, so that nothing overflows. */
export function softmaxSteps(scores: Numbers): Softmax {
	let largest = -Infinity;
	for (let j = 0; j < scores.length; j++) largest = Math.max(largest, scores[j] ?? -Infinity);
	const powers = Float64Array.from(scores, (score) => Math.exp(score - largest));
	const total = powers.reduce((sum, power) => sum + power, 0);
	return { largest, powers, total, weights: powers.map((power) => power / total) };
}

/** `exp(x_i) / sum_j exp(x_j)`: sums to 1. */
export function softmax(x: Numbers): Float64Array {
	return softmaxSteps(x).weights;
}

/** `1 / (1 + exp(-x))`, in [0, 1]; never infinite on the way. */
export function sigmoid(x: number): number {
	const power = Math.exp(-Math.abs(x));
	return (x < 0 ? power : 1) / (1 + power);
}

/** Largest absolute difference between two vectors; NaN if either holds one or their lengths differ. */
export function largestDifference(a: Numbers, b: Numbers): number {
	if (a.length !== b.length) return NaN;
	let largest = 0;
	// Math.max keeps a NaN, which a comparison would lose.
	for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
	return largest;
}
