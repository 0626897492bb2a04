import { FLOAT, LANES, VECTOR } from './lanes';

/*
 * What the places of a convolution's kernel see of a map, laid out as rows, so that the convolution and its ways back are
 * products of matrices; and the sums back onto the map. One map at a time.
 */

/**
 * For each place of the output, row by row, what the kernel sees there, row by row and channel by channel; zeros beyond
 * the map.
 * @param x (height, width, channels)
 * @param y (rows * columns, kernel * kernel * channels)
 * @param top, left how many zeros are laid above and to the left of the map
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
	columns: i32
): void {
	for (let place = 0; place < rows * columns; place++) {
		const column = (place % columns) * stride - left;
		const first = max(0, -column);
		const last = max(first, min(kernel, width - column));
		for (let k = 0; k < kernel; k++) {
			const row = (place / columns) * stride + k - top;
			const isInside = row >= 0 && row < height;
			const before = (isInside ? first : kernel) * channels;
			y = zeros(y, before);
			if (!isInside) continue;
			y = copy(x + <usize>((row * width + column + first) * channels) * FLOAT, y, (last - first) * channels);
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
 * The other way round: each place of the map becomes the sum of what lies in y for it.
 * @param y, x and the others as in {@link unfold}
 */
export function fold(
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
