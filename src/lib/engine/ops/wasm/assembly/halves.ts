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
 * The same of finite ones, with their sign extended, in half the instructions: as a float32 with the same bits each is
 * smaller than it should be, by 2 to the power of how much further up the middle of the exponents is, 127 - 15.
 */
@inline
function finite(halves: v128): v128 {
	const same = v128.and(i32x4.shl(halves, 13), i32x4.splat(0x8fffe000));
	return f32x4.mul(same, f32x4.splat(<f32>5.192296858534827628530496329220096e33));
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
			const exponents = v128.and(eight, i16x8.splat(0x7c00));
			if (v128.any_true(i16x8.eq(exponents, i16x8.splat(0x7c00)))) {
				v128.store(at, widened(i32x4.extend_low_i16x8_u(eight)));
				v128.store(at, widened(i32x4.extend_high_i16x8_u(eight)), VECTOR);
			} else {
				v128.store(at, finite(i32x4.extend_low_i16x8_s(eight)));
				v128.store(at, finite(i32x4.extend_high_i16x8_s(eight)), VECTOR);
			}
		}
		for (; i < columns; i++) {
			const one = i32x4.splat(<i32>load<u16>(from + <usize>i * HALF));
			store<f32>(to + <usize>i * FLOAT, f32x4.extract_lane(widened(one), 0));
		}
		from += <usize>stride * HALF;
		to += <usize>columns * FLOAT;
	}
}
