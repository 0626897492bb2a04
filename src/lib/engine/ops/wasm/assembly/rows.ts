import { expOfNegative, FLOAT, LANES, maxOfLanes, multiplyAdd, STRIPE, sumOfLanes, VECTOR } from './lanes';

/*
 * Ops that take a matrix row by row. A row's length need not be a multiple of four: what is left over is done one
 * float at a time, with the same arithmetic. Each makes the rows, or the stripes of sixteen numbers, from `from` to
 * before `to`.
 */

/** Where the last whole vector of a row ends. */
@inline
function endOfVectors(row: usize, length: i32): usize {
	return row + <usize>(length & ~(LANES - 1)) * FLOAT;
}

/**
 * `y = exp(x - max) / sum of exp(x - max)` for each row.
 * @param x (rows, length)
 * @param y (rows, length); may be x itself
 */
export function softmax(x: usize, y: usize, length: i32, from: i32, to: i32): void {
	const bytes = <usize>length * FLOAT;
	x += <usize>from * bytes;
	y += <usize>from * bytes;
	for (let row = from; row < to; row++) {
		const sum = exponentials(x, y, length, largest(x, length));
		scaleRow(y, length, 1 / sum);
		x += bytes;
		y += bytes;
	}
}

function largest(x: usize, length: i32): f32 {
	const end = x + <usize>length * FLOAT;
	const vectors = endOfVectors(x, length);
	let lanes = f32x4.splat(-Infinity);
	for (; x < vectors; x += VECTOR) lanes = f32x4.max(lanes, v128.load(x));
	let result = maxOfLanes(lanes);
	for (; x < end; x += FLOAT) result = max<f32>(result, load<f32>(x));
	return result;
}

/** Writes `exp(x - top)` and returns the sum. */
function exponentials(x: usize, y: usize, length: i32, top: f32): f32 {
	const end = x + <usize>length * FLOAT;
	const vectors = endOfVectors(x, length);
	const tops = f32x4.splat(top);
	let lanes = f32x4.splat(0);
	for (; x < vectors; x += VECTOR, y += VECTOR) {
		const e = expOfNegative(f32x4.sub(v128.load(x), tops));
		v128.store(y, e);
		lanes = f32x4.add(lanes, e);
	}
	let sum = sumOfLanes(lanes);
	for (; x < end; x += FLOAT, y += FLOAT) {
		const e = f32x4.extract_lane(expOfNegative(f32x4.splat(load<f32>(x) - top)), 0);
		store<f32>(y, e);
		sum += e;
	}
	return sum;
}

function scaleRow(y: usize, length: i32, factor: f32): void {
	const end = y + <usize>length * FLOAT;
	const vectors = endOfVectors(y, length);
	const factors = f32x4.splat(factor);
	for (; y < vectors; y += VECTOR) v128.store(y, f32x4.mul(v128.load(y), factors));
	for (; y < end; y += FLOAT) store<f32>(y, load<f32>(y) * factor);
}

/**
 * `y = (x - mean) / sqrt(variance + eps) * scale + offset` for each row, the mean taken first and the variance from
 * what is left, so that a large common offset costs no precision.
 * @param x (rows, length)
 * @param scale (length)
 * @param offset (length)
 * @param y (rows, length)
 */
export function layerNorm(
	x: usize,
	scale: usize,
	offset: usize,
	eps: f32,
	y: usize,
	length: i32,
	from: i32,
	to: i32
): void {
	const bytes = <usize>length * FLOAT;
	x += <usize>from * bytes;
	y += <usize>from * bytes;
	for (let row = from; row < to; row++) {
		const mean = rowSum(x, length) / <f32>length;
		const variance = sumOfSquares(x, length, mean) / <f32>length;
		normalise(x, mean, 1 / sqrt<f32>(variance + eps), scale, offset, y, length);
		x += bytes;
		y += bytes;
	}
}

export function rowSum(x: usize, length: i32): f32 {
	const end = x + <usize>length * FLOAT;
	const vectors = endOfVectors(x, length);
	let lanes = f32x4.splat(0);
	for (; x < vectors; x += VECTOR) lanes = f32x4.add(lanes, v128.load(x));
	let sum = sumOfLanes(lanes);
	for (; x < end; x += FLOAT) sum += load<f32>(x);
	return sum;
}

export function sumOfSquares(x: usize, length: i32, mean: f32): f32 {
	const end = x + <usize>length * FLOAT;
	const vectors = endOfVectors(x, length);
	const means = f32x4.splat(mean);
	let lanes = f32x4.splat(0);
	for (; x < vectors; x += VECTOR) {
		const centred = f32x4.sub(v128.load(x), means);
		lanes = multiplyAdd(centred, centred, lanes);
	}
	let sum = sumOfLanes(lanes);
	for (; x < end; x += FLOAT) {
		const centred = load<f32>(x) - mean;
		sum += centred * centred;
	}
	return sum;
}

function normalise(x: usize, mean: f32, factor: f32, scale: usize, offset: usize, y: usize, length: i32): void {
	const vectors = length & ~(LANES - 1);
	const means = f32x4.splat(mean);
	const factors = f32x4.splat(factor);
	for (let at: usize = 0; at < <usize>vectors * FLOAT; at += VECTOR) {
		const normalised = f32x4.mul(f32x4.sub(v128.load(x + at), means), factors);
		v128.store(y + at, multiplyAdd(normalised, v128.load(scale + at), v128.load(offset + at)));
	}
	for (let at = <usize>vectors * FLOAT; at < <usize>length * FLOAT; at += FLOAT) {
		const normalised = (load<f32>(x + at) - mean) * factor;
		store<f32>(y + at, normalised * load<f32>(scale + at) + load<f32>(offset + at));
	}
}

/** How many of `length` numbers the stripes from `from` to before `to` have. */
@inline
function within(length: i32, from: i32, to: i32): i32 {
	return min(length, to * STRIPE) - from * STRIPE;
}

/** `y = gelu(x)` for `length` numbers. */
export function gelu(x: usize, y: usize, length: i32, from: i32, to: i32): void {
	const start = <usize>(from * STRIPE) * FLOAT;
	const count = within(length, from, to);
	x += start;
	y += start;
	const end = x + <usize>count * FLOAT;
	const vectors = endOfVectors(x, count);
	for (; x < vectors; x += VECTOR, y += VECTOR) v128.store(y, geluOf(v128.load(x)));
	for (; x < end; x += FLOAT, y += FLOAT) {
		store<f32>(y, f32x4.extract_lane(geluOf(f32x4.splat(load<f32>(x))), 0));
	}
}

/**
 * `x / 2 * (1 + erf(x / sqrt 2))`, written as `max(x, 0) - |x| / 2 * erfc(|x| / sqrt 2)`: the same for both signs, and
 * nothing is lost where x is far below 0. With z = |x| / sqrt 2, erfc(z) is formula 7.1.26 of Abramowitz and Stegun
 * 1964: a polynomial in t = 1 / (1 + 0.3275911 z), times exp(-z^2); off by at most 1.5e-7.
 */
@inline
function geluOf(x: v128): v128 {
	const size = f32x4.abs(x);
	const z = f32x4.mul(size, f32x4.splat(0.7071067811865476));
	const erfc = f32x4.mul(erfcWithout(z), expOfNegative(f32x4.neg(f32x4.mul(z, z))));
	const half = f32x4.mul(size, f32x4.splat(0.5));
	return f32x4.sub(f32x4.max(x, f32x4.splat(0)), f32x4.mul(half, erfc));
}

/** `erfc(z)` without its factor `exp(-z^2)`, for z >= 0. */
@inline
function erfcWithout(z: v128): v128 {
	const one = f32x4.splat(1);
	const t = f32x4.div(one, multiplyAdd(z, f32x4.splat(0.3275911), one));
	let polynomial = f32x4.splat(1.061405429);
	polynomial = multiplyAdd(polynomial, t, f32x4.splat(-1.453152027));
	polynomial = multiplyAdd(polynomial, t, f32x4.splat(1.421413741));
	polynomial = multiplyAdd(polynomial, t, f32x4.splat(-0.284496736));
	polynomial = multiplyAdd(polynomial, t, f32x4.splat(0.254829592));
	return f32x4.mul(polynomial, t);
}

/** `y = gradient * gelu'(x)` for `length` numbers. */
export function geluBack(gradient: usize, x: usize, y: usize, length: i32, from: i32, to: i32): void {
	const start = <usize>(from * STRIPE) * FLOAT;
	const count = within(length, from, to);
	gradient += start;
	x += start;
	y += start;
	const end = x + <usize>count * FLOAT;
	const vectors = endOfVectors(x, count);
	for (; x < vectors; x += VECTOR, gradient += VECTOR, y += VECTOR) {
		v128.store(y, f32x4.mul(v128.load(gradient), geluSlope(v128.load(x))));
	}
	for (; x < end; x += FLOAT, gradient += FLOAT, y += FLOAT) {
		const slope = f32x4.extract_lane(geluSlope(f32x4.splat(load<f32>(x))), 0);
		store<f32>(y, load<f32>(gradient) * slope);
	}
}

/**
 * The share of a normal distribution below x, and x times its density: the one is `erfc(|x| / sqrt 2) / 2` below 0 and
 * the rest to 1 above, the other `x exp(-x^2 / 2) / sqrt(2 pi)`, with the same exponential.
 */
@inline
function geluSlope(x: v128): v128 {
	const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.7071067811865476));
	const exponential = expOfNegative(f32x4.neg(f32x4.mul(z, z)));
	const tail = f32x4.mul(f32x4.mul(erfcWithout(z), exponential), f32x4.splat(0.5));
	const isBelow = f32x4.lt(x, f32x4.splat(0));
	const share = v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), isBelow);
	return multiplyAdd(f32x4.mul(x, f32x4.splat(0.3989422804014327)), exponential, share);
}

/**
 * `y = shares * (gradient - sum of gradient * shares)` for each row.
 * @param gradient (rows, length)
 * @param shares (rows, length): what a softmax made
 * @param y (rows, length)
 */
export function softmaxBack(gradient: usize, shares: usize, y: usize, length: i32, from: i32, to: i32): void {
	const bytes = <usize>length * FLOAT;
	const vectors = <usize>(length & ~(LANES - 1)) * FLOAT;
	gradient += <usize>from * bytes;
	shares += <usize>from * bytes;
	y += <usize>from * bytes;
	for (let row = from; row < to; row++) {
		let lanes = f32x4.splat(0);
		for (let at: usize = 0; at < vectors; at += VECTOR) {
			lanes = multiplyAdd(v128.load(gradient + at), v128.load(shares + at), lanes);
		}
		let sum = sumOfLanes(lanes);
		for (let at = vectors; at < bytes; at += FLOAT) sum += load<f32>(gradient + at) * load<f32>(shares + at);
		const sums = f32x4.splat(sum);
		for (let at: usize = 0; at < vectors; at += VECTOR) {
			v128.store(y + at, f32x4.mul(v128.load(shares + at), f32x4.sub(v128.load(gradient + at), sums)));
		}
		for (let at = vectors; at < bytes; at += FLOAT) {
			store<f32>(y + at, load<f32>(shares + at) * (load<f32>(gradient + at) - sum));
		}
		gradient += bytes;
		shares += bytes;
		y += bytes;
	}
}

/**
 * `y` is the gradient where what a ReLU made lies between 0 and `ceiling`, and 0 elsewhere.
 * @param gradient, made, y `length` numbers each
 */
export function bentBack(
	gradient: usize,
	made: usize,
	ceiling: f32,
	y: usize,
	length: i32,
	from: i32,
	to: i32
): void {
	const start = <usize>(from * STRIPE) * FLOAT;
	const count = within(length, from, to);
	gradient += start;
	made += start;
	y += start;
	const end = y + <usize>count * FLOAT;
	const vectors = endOfVectors(y, count);
	const floors = f32x4.splat(0);
	const ceilings = f32x4.splat(ceiling);
	for (; y < vectors; gradient += VECTOR, made += VECTOR, y += VECTOR) {
		const own = v128.load(made);
		const isStraight = v128.and(f32x4.gt(own, floors), f32x4.lt(own, ceilings));
		v128.store(y, v128.and(v128.load(gradient), isStraight));
	}
	for (; y < end; gradient += FLOAT, made += FLOAT, y += FLOAT) {
		const own = load<f32>(made);
		store<f32>(y, own > 0 && own < ceiling ? load<f32>(gradient) : 0);
	}
}

/** Each of `length` numbers in place: 0 below 0, `ceiling` above that. NaN stays. */
export function bend(y: usize, ceiling: f32, length: i32, from: i32, to: i32): void {
	const count = within(length, from, to);
	y += <usize>(from * STRIPE) * FLOAT;
	const end = y + <usize>count * FLOAT;
	const vectors = endOfVectors(y, count);
	const floors = f32x4.splat(0);
	const ceilings = f32x4.splat(ceiling);
	for (; y < vectors; y += VECTOR) v128.store(y, f32x4.min(f32x4.max(v128.load(y), floors), ceilings));
	for (; y < end; y += FLOAT) store<f32>(y, min<f32>(max<f32>(load<f32>(y), 0), ceiling));
}
