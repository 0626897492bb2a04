/** Bytes of a float32, and of the four of them in a vector register. */
export const FLOAT: usize = 4;
export const LANES: i32 = 4;
export const VECTOR: usize = 16;

/** How many neighbouring numbers of a row are the least that one thread is given: a line of the cache. */
export const STRIPE: i32 = 16;

/** Where the last whole vector between two addresses ends. */
@inline
export function wholeVectors(from: usize, end: usize): usize {
	return from + ((end - from) & ~(VECTOR - 1));
}

/**
 * `a * b + c` in each lane. Where the engine has relaxed SIMD this is one fused instruction (on most machines: the
 * standard leaves it open, and either is right to within rounding), else two.
 */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
	if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
	return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes. */
@inline
export function sumOfLanes(v: v128): f32 {
	return (
		f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
	);
}

/** The largest of the four lanes. */
@inline
export function maxOfLanes(v: v128): f32 {
	const left = max<f32>(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1));
	return max<f32>(left, max<f32>(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)));
}

/**
 * `exp(x)` in each lane for x <= 0, to a relative error below 3e-7; 0 below -87, where a float32 ends.
 *
 * x = k ln 2 + r with a whole k and |r| <= ln 2 / 2. exp(r) is its Taylor series to the seventh power (the next term
 * is below 6e-9), and 2^k is written straight into a float's exponent. ln 2 is taken away in two pieces, the first
 * short enough for k times it to be exact (Cody and Waite 1980).
 */
@inline
export function expOfNegative(x: v128): v128 {
	const clamped = f32x4.max(x, f32x4.splat(-87));
	const k = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.4426950408889634)));
	const high = multiplyAdd(k, f32x4.splat(-0.693145751953125), clamped);
	const r = multiplyAdd(k, f32x4.splat(-1.428606765330187e-6), high);
	let series = f32x4.splat(1.0 / 5040);
	series = multiplyAdd(series, r, f32x4.splat(1.0 / 720));
	series = multiplyAdd(series, r, f32x4.splat(1.0 / 120));
	series = multiplyAdd(series, r, f32x4.splat(1.0 / 24));
	series = multiplyAdd(series, r, f32x4.splat(1.0 / 6));
	series = multiplyAdd(series, r, f32x4.splat(1.0 / 2));
	series = multiplyAdd(series, r, f32x4.splat(1));
	series = multiplyAdd(series, r, f32x4.splat(1));
	const powerOfTwo = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
	return v128.andnot(f32x4.mul(series, powerOfTwo), f32x4.lt(x, f32x4.splat(-87)));
}
