import { FLOAT, VECTOR } from './lanes';

/** Bytes of a float16. */
const HALF: usize = 2;

/**
 * Four float16 numbers, each in the low half of a lane, as float32; exact for all of them (IEEE 754-2008: a sign, five bits
 * of exponent around 15, ten of fraction). What is too small for an exponent of its own is made from a number whose last
 * bit is worth as much as theirs; what has none left, infinity and what is no number, stays so.
 */
@inline
function widened(halves: v128): v128 {
	const sign = i32x4.shl(v128.and(halves, i32x4.splat(0x8000)), 16);
	const bits = v128.and(halves, i32x4.splat(0x7fff));
	const whole = i32x4.add(i32x4.shl(bits, 13), i32x4.splat(112 << 23));
	const base = i32x4.splat(113 << 23);
	const small = f32x4.sub(v128.or(i32x4.shl(bits, 13), base), base);
	const none = v128.and(i32x4.gt_s(bits, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
	const size = v128.bitselect(small, whole, i32x4.lt_s(bits, i32x4.splat(0x0400)));
	return v128.or(v128.or(size, none), sign);
}

/**
 * Widens some columns of a matrix of float16 numbers.
 * @param from the first of them; its rows are `stride` numbers apart
 * @param to where the first float32 goes, the rows close together; must not overlap them
 */
export function widen(from: usize, to: usize, rows: i32, columns: i32, stride: i32): void {
	const whole = columns & ~7;
	for (let row = 0; row < rows; row++) {
		let i = 0;
		for (; i < whole; i += 8) {
			const eight = v128.load(from + <usize>i * HALF);
			const at = to + <usize>i * FLOAT;
			v128.store(at, widened(i32x4.extend_low_i16x8_u(eight)));
			v128.store(at, widened(i32x4.extend_high_i16x8_u(eight)), VECTOR);
		}
		for (; i < columns; i++) {
			const one = i32x4.splat(<i32>load<u16>(from + <usize>i * HALF));
			store<f32>(to + <usize>i * FLOAT, f32x4.extract_lane(widened(one), 0));
		}
		from += <usize>stride * HALF;
		to += <usize>columns * FLOAT;
	}
}
