import { FLOAT, LANES, multiplyAdd, VECTOR } from './lanes';

/**
 * Each channel of a map convolved by itself, and bent: 0 below 0, `ceiling` above that; a `floor` of -Infinity leaves it.
 * @param x (maps, height, width, channels)
 * @param weight (kernel, kernel, channels)
 * @param bias (channels)
 * @param y (maps, rows, columns, channels)
 * @param top, left how many zeros are laid above and to the left of a map
 * @param from, to the rows of y that are made, counted through all maps
 */
export function depthwise(
	x: usize,
	weight: usize,
	bias: usize,
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
	floor: f32,
	ceiling: f32,
	from: i32,
	to: i32
): void {
	const bytes = <usize>channels * FLOAT;
	y += <usize>(from * columns) * bytes;
	for (let at = from; at < to; at++) {
		const map = x + <usize>((at / rows) * height * width) * bytes;
		const row = (at % rows) * stride - top;
		const firstRow = max(0, -row);
		const lastRow = min(kernel, height - row);
		for (let place = 0; place < columns; place++, y += bytes) {
			const column = place * stride - left;
			const first = max(0, -column);
			const last = min(kernel, width - column);
			const seen = map + <usize>((row + firstRow) * width + column + first) * bytes;
			const taps = weight + <usize>(firstRow * kernel + first) * bytes;
			const down = lastRow - firstRow;
			const across = last - first;
			const line = <usize>width * bytes;
			const tapLine = <usize>kernel * bytes;
			dot(seen, taps, bias, y, channels, down, across, line, tapLine, bytes, floor, ceiling);
		}
	}
}

/** One place of the output: what lies inside of the map, tap by tap. */
function dot(
	x: usize,
	weight: usize,
	bias: usize,
	y: usize,
	channels: i32,
	down: i32,
	across: i32,
	line: usize,
	tapLine: usize,
	bytes: usize,
	floor: f32,
	ceiling: f32
): void {
	const vectors = <usize>(channels & ~(LANES - 1)) * FLOAT;
	const floors = f32x4.splat(floor);
	const ceilings = f32x4.splat(ceiling);
	for (let at: usize = 0; at < vectors; at += VECTOR) {
		let sum = v128.load(bias + at);
		for (let i = 0; i < down; i++) {
			let place = x + <usize>i * line + at;
			let tap = weight + <usize>i * tapLine + at;
			for (let j = 0; j < across; j++, place += bytes, tap += bytes) {
				sum = multiplyAdd(v128.load(place), v128.load(tap), sum);
			}
		}
		v128.store(y + at, f32x4.min(f32x4.max(sum, floors), ceilings));
	}
	for (let at = vectors; at < bytes; at += FLOAT) {
		let sum = load<f32>(bias + at);
		for (let i = 0; i < down; i++) {
			let place = x + <usize>i * line + at;
			let tap = weight + <usize>i * tapLine + at;
			for (let j = 0; j < across; j++, place += bytes, tap += bytes) sum += load<f32>(place) * load<f32>(tap);
		}
		store<f32>(y + at, min<f32>(max<f32>(sum, floor), ceiling));
	}
}
