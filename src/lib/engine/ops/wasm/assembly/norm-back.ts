import { FLOAT, LANES, multiplyAdd, STRIPE, sumOfLanes, VECTOR, wholeVectors } from './lanes';
import { rowSum, sumOfSquares } from './rows';

/* The ways back through a layer norm, row by row; see `../layer-norm.ts` for what they compute. */

/**
 * With respect to what the norm is of.
 * @param gradient (rows, length)
 * @param x (rows, length)
 * @param scale (length)
 * @param y (rows, length)
 */
export function layerNormBack(
	gradient: usize,
	x: usize,
	scale: usize,
	eps: f32,
	y: usize,
	length: i32,
	from: i32,
	to: i32
): void {
	const bytes = <usize>length * FLOAT;
	const vectors = <usize>(length & ~(LANES - 1)) * FLOAT;
	gradient += <usize>from * bytes;
	x += <usize>from * bytes;
	y += <usize>from * bytes;
	for (let row = from; row < to; row++) {
		const mean = rowSum(x, length) / <f32>length;
		const factor: f32 = 1 / sqrt<f32>(sumOfSquares(x, length, mean) / <f32>length + eps);
		const means = f32x4.splat(mean);
		const factors = f32x4.splat(factor);
		let sums = f32x4.splat(0);
		let products = f32x4.splat(0);
		for (let at: usize = 0; at < vectors; at += VECTOR) {
			const scaled = f32x4.mul(v128.load(gradient + at), v128.load(scale + at));
			const normalised = f32x4.mul(f32x4.sub(v128.load(x + at), means), factors);
			sums = f32x4.add(sums, scaled);
			products = multiplyAdd(scaled, normalised, products);
		}
		let sum = sumOfLanes(sums);
		let product = sumOfLanes(products);
		for (let at = vectors; at < bytes; at += FLOAT) {
			const scaled = load<f32>(gradient + at) * load<f32>(scale + at);
			sum += scaled;
			product += scaled * (load<f32>(x + at) - mean) * factor;
		}
		sum /= <f32>length;
		product /= <f32>length;
		for (let at: usize = 0; at < vectors; at += VECTOR) {
			const scaled = f32x4.mul(v128.load(gradient + at), v128.load(scale + at));
			const normalised = f32x4.mul(f32x4.sub(v128.load(x + at), means), factors);
			const along = f32x4.mul(normalised, f32x4.splat(product));
			v128.store(y + at, f32x4.mul(f32x4.sub(f32x4.sub(scaled, f32x4.splat(sum)), along), factors));
		}
		for (let at = vectors; at < bytes; at += FLOAT) {
			const scaled = load<f32>(gradient + at) * load<f32>(scale + at);
			const normalised = (load<f32>(x + at) - mean) * factor;
			store<f32>(y + at, (scaled - sum - normalised * product) * factor);
		}
		gradient += bytes;
		x += bytes;
		y += bytes;
	}
}

/**
 * What the norm took from and multiplied each row by, which its parameters' gradients need.
 * @param x (rows, length)
 * @param moments (rows, 2): become a row's mean and one over its deviation
 */
export function rowMoments(x: usize, eps: f32, moments: usize, length: i32, from: i32, to: i32): void {
	x += <usize>from * <usize>length * FLOAT;
	moments += <usize>from * 2 * FLOAT;
	for (let row = from; row < to; row++) {
		const mean = rowSum(x, length) / <f32>length;
		store<f32>(moments, mean);
		store<f32>(moments, 1 / sqrt<f32>(sumOfSquares(x, length, mean) / <f32>length + eps), FLOAT);
		x += <usize>length * FLOAT;
		moments += 2 * FLOAT;
	}
}

/**
 * With respect to its parameters.
 * @param gradient (rows, length)
 * @param x (rows, length)
 * @param moments (rows, 2): what {@link rowMoments} made of x
 * @param scale (length): becomes the gradient of that
 * @param offset (length): becomes the gradient of that
 * @param from, to the stripes that are made, sixteen features each
 */
export function layerNormParametersBack(
	gradient: usize,
	x: usize,
	moments: usize,
	scale: usize,
	offset: usize,
	rows: i32,
	length: i32,
	from: i32,
	to: i32
): void {
	const bytes = <usize>length * FLOAT;
	const start = <usize>(from * STRIPE) * FLOAT;
	const end = <usize>min(length, to * STRIPE) * FLOAT;
	const vectors = wholeVectors(start, end);
	for (let at = start; at < end; at += FLOAT) {
		store<f32>(scale + at, 0);
		store<f32>(offset + at, 0);
	}
	for (let row = 0; row < rows; row++) {
		const mean = load<f32>(moments);
		const factor = load<f32>(moments, FLOAT);
		const means = f32x4.splat(mean);
		const factors = f32x4.splat(factor);
		for (let at = start; at < vectors; at += VECTOR) {
			const g = v128.load(gradient + at);
			const normalised = f32x4.mul(f32x4.sub(v128.load(x + at), means), factors);
			v128.store(scale + at, multiplyAdd(g, normalised, v128.load(scale + at)));
			v128.store(offset + at, f32x4.add(v128.load(offset + at), g));
		}
		for (let at = vectors; at < end; at += FLOAT) {
			const g = load<f32>(gradient + at);
			const normalised = (load<f32>(x + at) - mean) * factor;
			store<f32>(scale + at, load<f32>(scale + at) + g * normalised);
			store<f32>(offset + at, load<f32>(offset + at) + g);
		}
		gradient += bytes;
		x += bytes;
		moments += 2 * FLOAT;
	}
}
