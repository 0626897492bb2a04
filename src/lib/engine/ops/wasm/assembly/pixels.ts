/** Bytes of a number that says where a window is, or how much a pixel in it counts. */
const NUMBER: usize = 4;

/** As `convolution.ts` has it. */
const PRECISION_BITS: i32 = 22;

/**
 * Convolves lines of RGBA pixels with the windows of an axis; what comes out is opaque. The four channels of a pixel are one
 * vector. Whole numbers that no sum overflows: the weights of a window are one, in 22 bits, and with those below zero two
 * at most.
 * @param starts, counts, weights of `windows` windows, `stride` weights each: int32s
 * @param step, line bytes from a pixel of the source to the next one along and across the axis
 * @param outStep, outLine the same of what is written
 */
export function convolve(
	starts: usize,
	counts: usize,
	weights: usize,
	windows: i32,
	stride: usize,
	lines: i32,
	source: usize,
	step: usize,
	line: usize,
	out: usize,
	outStep: usize,
	outLine: usize
): void {
	for (let y = 0; y < lines; y++) {
		for (let i = 0; i < windows; i++) {
			const place = <usize>i * NUMBER;
			let at = source + <usize>y * line + <usize>load<i32>(starts + place) * step;
			let weight = weights + place * stride;
			const end = weight + <usize>load<i32>(counts + place) * NUMBER;
			let sum = i32x4.splat(1 << (PRECISION_BITS - 1));
			for (; weight < end; weight += NUMBER, at += step) {
				const pixel = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
				sum = i32x4.add(sum, i32x4.mul(pixel, v128.load32_splat(weight)));
			}
			const rounded = i32x4.shr_s(sum, PRECISION_BITS);
			const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(rounded, rounded), i16x8.splat(0));
			const to = out + <usize>y * outLine + <usize>i * outStep;
			store<i32>(to, i32x4.extract_lane(bytes, 0) | 0xff000000);
		}
	}
}
