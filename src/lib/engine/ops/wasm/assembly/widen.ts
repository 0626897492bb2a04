import { FLOAT, LANES } from './lanes';

/** Bytes of a float16, and how many of them one vector holds. */
const HALF: usize = 2;
const HALVES: i32 = 8;

/** The bits of 2 to the power of 112 as a float32. */
const POWER_112: i32 = 0x77800000;

/**
 * A matrix of float16 on its side, each number widened exactly: (rows, columns) to (columns, rows) of float32, row-major.
 * @param from, to stripes of eight columns
 */
export function widenTransposed(halves: usize, y: usize, rows: i32, columns: i32, from: i32, to: i32): void {
	const line = <usize>columns * HALF;
	const outLine = <usize>rows * FLOAT;
	const end = min(columns, to * HALVES);
	for (let column = from * HALVES; column < end; column += HALVES) {
		const x = halves + <usize>column * HALF;
		const out = y + <usize>column * outLine;
		const whole = column + HALVES <= end ? rows & ~(LANES - 1) : 0;
		for (let row = 0; row < whole; row += LANES) {
			tile(x + <usize>row * line, line, out + <usize>row * FLOAT, outLine);
		}
		edge(x, line, out, outLine, whole, rows, min(HALVES, end - column));
	}
}

/** Four rows of eight numbers. */
@inline
function tile(x: usize, line: usize, y: usize, outLine: usize): void {
	const a = v128.load(x);
	const b = v128.load(x + line);
	const c = v128.load(x + 2 * line);
	const d = v128.load(x + 3 * line);
	square(low(a), low(b), low(c), low(d), y, outLine);
	square(high(a), high(b), high(c), high(d), y + <usize>LANES * outLine, outLine);
}

/** Four rows of four numbers, written as columns. */
@inline
function square(a: v128, b: v128, c: v128, d: v128, y: usize, outLine: usize): void {
	const upperLeft = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
	const upperRight = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
	const lowerLeft = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
	const lowerRight = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
	v128.store(y, v128.shuffle<i64>(upperLeft, upperRight, 0, 2));
	v128.store(y + outLine, v128.shuffle<i64>(upperLeft, upperRight, 1, 3));
	v128.store(y + 2 * outLine, v128.shuffle<i64>(lowerLeft, lowerRight, 0, 2));
	v128.store(y + 3 * outLine, v128.shuffle<i64>(lowerLeft, lowerRight, 1, 3));
}

@inline
function low(halves: v128): v128 {
	return widened(i32x4.extend_low_i16x8_u(halves));
}

@inline
function high(halves: v128): v128 {
	return widened(i32x4.extend_high_i16x8_u(halves));
}

/** What is left over at the right and at the bottom: `width` columns, the rows from `top` on. */
function edge(x: usize, line: usize, y: usize, outLine: usize, top: i32, rows: i32, width: i32): void {
	for (let row = top; row < rows; row++) {
		for (let column = 0; column < width; column++) {
			const half = <i32>load<u16>(x + <usize>row * line + <usize>column * HALF);
			store<f32>(y + <usize>column * outLine + <usize>row * FLOAT, f32x4.extract_lane(widened(i32x4.splat(half)), 0));
		}
	}
}

/**
 * Four float16s, in the lower bits of a lane each, as float32s. Exponent and fraction lie where they lie in a float32,
 * and its exponent is 112 larger: one product, which is exact and right for the numbers without an exponent as well.
 * Infinities and what is no number have the largest exponent in both.
 */
@inline
function widened(halves: v128): v128 {
	const sign = i32x4.shl(v128.and(halves, i32x4.splat(0x8000)), 16);
	const size = v128.and(halves, i32x4.splat(0x7fff));
	const scaled = f32x4.mul(i32x4.shl(size, 13), i32x4.splat(POWER_112));
	const endless = v128.and(i32x4.gt_s(size, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
	return v128.or(sign, v128.or(scaled, endless));
}
