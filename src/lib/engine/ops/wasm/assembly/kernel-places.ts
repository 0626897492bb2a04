import { gemm, panelsOf } from './gemm';
import { FLOAT, LANES, VECTOR } from './lanes';

/*
 * What the places of a convolution's kernel see of a map, laid out as rows, so that the convolution and its ways back are
 * products of matrices; and the sums back onto the map.
 */

/**
 * For each place of the output, row by row, what the kernel sees there, row by row and channel by channel; zeros beyond
 * the map.
 * @param x (maps, height, width, channels)
 * @param y (some of maps * rows * columns, kernel * kernel * channels)
 * @param top, left how many zeros are laid above and to the left of a map
 * @param start the place that the first row of y is of, counted through all maps
 * @param from, to the rows of y that are made
 */
export function unfold(
	x: usize,
	y: usize,
	height: i32,
	width: i32,
	channels: i32,
	kernel: i32,
	stride: i32,
	top: i32,
	left: i32,
	rows: i32,
	columns: i32,
	start: i32,
	from: i32,
	to: i32
): void {
	y += <usize>from * <usize>(kernel * kernel * channels) * FLOAT;
	for (let at = start + from; at < start + to; at++) {
		const place = at % (rows * columns);
		const map = x + <usize>(at / (rows * columns)) * <usize>(height * width * channels) * FLOAT;
		const column = (place % columns) * stride - left;
		const first = max(0, -column);
		const last = max(first, min(kernel, width - column));
		for (let k = 0; k < kernel; k++) {
			const row = (place / columns) * stride + k - top;
			const isInside = row >= 0 && row < height;
			const before = (isInside ? first : kernel) * channels;
			y = zeros(y, before);
			if (!isInside) continue;
			y = copy(map + <usize>((row * width + column + first) * channels) * FLOAT, y, (last - first) * channels);
			y = zeros(y, (kernel - last) * channels);
		}
	}
}

/** @returns where they end */
function zeros(y: usize, count: i32): usize {
	const end = y + <usize>count * FLOAT;
	for (; y + VECTOR <= end; y += VECTOR) v128.store(y, f32x4.splat(0));
	for (; y < end; y += FLOAT) store<f32>(y, 0);
	return end;
}

/** @returns where they end in y */
function copy(x: usize, y: usize, count: i32): usize {
	const end = y + <usize>count * FLOAT;
	for (; y + VECTOR <= end; y += VECTOR, x += VECTOR) v128.store(y, v128.load(x));
	for (; y < end; y += FLOAT, x += FLOAT) store<f32>(y, load<f32>(x));
	return end;
}

/**
 * A convolution's way back to what it read, map by map: the gradient times the weight's columns, as if they were its rows,
 * and the sums of that.
 * @param gradient (maps, rows, columns, outputs)
 * @param weight (kernel, kernel, channels, outputs)
 * @param x (maps, height, width, channels): becomes the gradient of that
 * @param from, to the maps that are made
 * @param scratch room for what a map's places saw, and for the product after that
 */
export function convolveBack(
	gradient: usize,
	weight: usize,
	x: usize,
	outputs: i32,
	height: i32,
	width: i32,
	channels: i32,
	kernel: i32,
	stride: i32,
	top: i32,
	left: i32,
	rows: i32,
	columns: i32,
	from: i32,
	to: i32,
	scratch: usize
): void {
	const places = rows * columns;
	const seen = kernel * kernel * channels;
	const room = scratch + <usize>places * <usize>seen * FLOAT;
	for (let map = <usize>from; map < <usize>to; map++) {
		const g = gradient + map * <usize>(places * outputs) * FLOAT;
		const made = x + map * <usize>(height * width * channels) * FLOAT;
		gemm(places, seen, outputs, g, outputs, weight, 1, outputs, 1, 0, scratch, seen, 0, panelsOf(seen), room);
		fold(scratch, made, height, width, channels, kernel, stride, top, left, rows, columns);
	}
}

/**
 * The other way round than {@link unfold}, for one map: each of its places becomes the sum of what lies in y for it.
 */
function fold(
	y: usize,
	x: usize,
	height: i32,
	width: i32,
	channels: i32,
	kernel: i32,
	stride: i32,
	top: i32,
	left: i32,
	rows: i32,
	columns: i32
): void {
	zeros(x, height * width * channels);
	for (let place = 0; place < rows * columns; place++) {
		const column = (place % columns) * stride - left;
		const first = max(0, -column);
		const last = max(first, min(kernel, width - column));
		for (let k = 0; k < kernel; k++) {
			const row = (place / columns) * stride + k - top;
			if (row >= 0 && row < height) {
				const to = x + <usize>((row * width + column + first) * channels) * FLOAT;
				add(y + <usize>(first * channels) * FLOAT, to, (last - first) * channels);
			}
			y += <usize>(kernel * channels) * FLOAT;
		}
	}
}

function add(y: usize, x: usize, count: i32): void {
	const end = x + <usize>count * FLOAT;
	const vectors = x + <usize>(count & ~(LANES - 1)) * FLOAT;
	for (; x < vectors; x += VECTOR, y += VECTOR) v128.store(x, f32x4.add(v128.load(x), v128.load(y)));
	for (; x < end; x += FLOAT, y += FLOAT) store<f32>(x, load<f32>(x) + load<f32>(y));
}
