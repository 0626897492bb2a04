import { gemm, panelsOf } from './gemm';
import { FLOAT } from './lanes';
import { softmaxBack } from './rows';
import { gemmTransposed } from './transposed';

/*
 * Attention among the n tokens of each window; all tokens are one window where nothing is cut. Queries, keys and values
 * are read where they are: qkv is (windows * n, 3 * features), and a head has `size` neighbouring columns of each third.
 * A pattern is (windows, heads, n, n).
 */

/**
 * For each window and head its queries times its keys, over the root of a head's size.
 * @param from, to which panels of eight keys are made, counted through all heads of all windows
 */
export function scores(
	qkv: usize,
	pattern: usize,
	n: i32,
	heads: i32,
	size: i32,
	from: i32,
	to: i32,
	scratch: usize
): void {
	const panels = panelsOf(n);
	const width = 3 * heads * size;
	const scale: f32 = 1 / sqrt<f32>(<f32>size);
	let done = from;
	while (done < to) {
		const group = done / panels;
		const first = done % panels;
		const last = min(panels, first + to - done);
		const query = qkv + <usize>((group / heads) * n * width + (group % heads) * size) * FLOAT;
		const key = query + <usize>(heads * size) * FLOAT;
		const made = pattern + <usize>group * <usize>(n * n) * FLOAT;
		gemm(n, n, size, query, width, key, 1, width, scale, 0, made, n, first, last, scratch);
		done += last - first;
	}
}

/**
 * For each window and head its pattern times its values.
 * @param y (windows * n, features)
 * @param from, to which panels of eight features are made, counted through all heads of all windows
 */
export function context(
	qkv: usize,
	pattern: usize,
	y: usize,
	n: i32,
	heads: i32,
	size: i32,
	from: i32,
	to: i32,
	scratch: usize
): void {
	const panels = panelsOf(size);
	const features = heads * size;
	let done = from;
	while (done < to) {
		const group = done / panels;
		const first = done % panels;
		const last = min(panels, first + to - done);
		const row = (group / heads) * n;
		const column = (group % heads) * size;
		const value = qkv + <usize>(row * 3 * features + 2 * features + column) * FLOAT;
		const shares = pattern + <usize>group * <usize>(n * n) * FLOAT;
		const made = y + <usize>(row * features + column) * FLOAT;
		gemm(n, size, n, shares, n, value, 3 * features, 1, 1, 0, made, features, first, last, scratch);
		done += last - first;
	}
}

/**
 * The way back through both, and through the softmax between them: to queries, keys and values.
 * @param gradient (windows * n, features)
 * @param y as qkv: becomes the gradient of that
 * @param from, to the heads that are made, counted through all windows
 * @param scratch room for (n, n), and for a product over the larger of n and `size` after that
 */
export function attentionBack(
	gradient: usize,
	pattern: usize,
	qkv: usize,
	y: usize,
	n: i32,
	heads: i32,
	size: i32,
	from: i32,
	to: i32,
	scratch: usize
): void {
	const features = heads * size;
	for (let group = from; group < to; group++) {
		const row = (group / heads) * n;
		const column = (group % heads) * size;
		const at = <usize>(row * 3 * features + column) * FLOAT;
		const own = gradient + <usize>(row * features + column) * FLOAT;
		headBack(own, pattern + <usize>group * <usize>(n * n) * FLOAT, qkv + at, y + at, n, features, size, scratch);
	}
}

/** One head of one window. */
function headBack(
	gradient: usize,
	pattern: usize,
	qkv: usize,
	y: usize,
	n: i32,
	features: i32,
	size: i32,
	weights: usize
): void {
	const width = 3 * features;
	const part = <usize>features * FLOAT;
	const room = weights + <usize>(n * n) * FLOAT;
	const all = i32.MAX_VALUE >> 3;
	const scale: f32 = 1 / sqrt<f32>(<f32>size);
	gemmTransposed(n, size, n, pattern, n, gradient, features, 1, y + 2 * part, width, 0, 0, all);
	gemm(n, n, size, gradient, features, qkv + 2 * part, 1, width, 1, 0, weights, n, 0, all, room);
	softmaxBack(weights, pattern, weights, n, 0, n);
	gemm(n, size, n, weights, n, qkv + part, width, 1, scale, 0, y, width, 0, all, room);
	gemmTransposed(n, size, n, weights, n, qkv, width, scale, y + part, width, 0, 0, all);
}
