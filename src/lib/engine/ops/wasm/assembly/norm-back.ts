import { FLOAT, LANES, multiplyAdd, sumOfLanes, VECTOR } from './lanes';
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
	rows: i32,
	length: i32
): void {
	const bytes = <usize>length * FLOAT;
	const vectors = <usize>(length & ~(LANES - 1)) * FLOAT;
	for (let row = 0; row < rows; row++) {
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
 * With respect to its parameters.
 * @param gradient (rows, length)
 * @param x (rows, length)
 * @param scale (length): becomes the gradient of that
 * @param offset (length): becomes the gradient of that
 */
export function layerNormParametersBack(
	gradient: usize,
	x: usize,
	eps: f32,
	scale: usize,
	offset: usize,
	rows: i32,
	length: i32
): void {
	const bytes = <usize>length * FLOAT;
	const vectors = <usize>(length & ~(LANES - 1)) * FLOAT;
	for (let at: usize = 0; at < bytes; at += FLOAT) {
		store<f32>(scale + at, 0);
		store<f32>(offset + at, 0);
	}
	for (let row = 0; row < rows; row++) {
		const mean = rowSum(x, length) / <f32>length;
		const factor: f32 = 1 / sqrt<f32>(sumOfSquares(x, length, mean) / <f32>length + eps);
		const means = f32x4.splat(mean);
		const factors = f32x4.splat(factor);
		for (let at: usize = 0; at < vectors; at += VECTOR) {
			const g = v128.load(gradient + at);
			const normalised = f32x4.mul(f32x4.sub(v128.load(x + at), means), factors);
			v128.store(scale + at, multiplyAdd(g, normalised, v128.load(scale + at)));
			v128.store(offset + at, f32x4.add(v128.load(offset + at), g));
		}
		for (let at = vectors; at < bytes; at += FLOAT) {
			const g = load<f32>(gradient + at);
			const normalised = (load<f32>(x + at) - mean) * factor;
			store<f32>(scale + at, load<f32>(scale + at) + g * normalised);
			store<f32>(offset + at, load<f32>(offset + at) + g);
		}
		gradient += bytes;
		x += bytes;
	}
}
