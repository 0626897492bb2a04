import { roundHalfEven } from '../round';

/** IEEE 754 binary16 to a number: 1 bit sign, 5 bits exponent (bias 15), 10 bits fraction. */
export function halfToFloat(half: number): number {
	const sign = half & 0x8000 ? -1 : 1;
	const exponent = (half >> 10) & 0x1f;
	const fraction = half & 0x3ff;
	if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
	return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Where there is one it is quicker than any table, which has to be made first. Node 20 has none. */
const Halves = (globalThis as { readonly Float16Array?: HalvesConstructor }).Float16Array;

type HalvesConstructor = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => ArrayLike<number>;

/** There are only 65536 halves, and a checkpoint has millions of numbers: looking them up is ten times faster. */
let halfTable: Float32Array | null = null;

/** binary16 numbers, widened exactly. */
export function halvesToFloats(halves: Uint16Array): Float32Array {
	if (Halves) return new Float32Array(new Halves(halves.buffer, halves.byteOffset, halves.length));
	const table = allHalves();
	const floats = new Float32Array(halves.length);
	for (let i = 0; i < halves.length; i++) floats[i] = table[halves[i] ?? 0] ?? 0;
	return floats;
}

/** The number of each half, by its bits. */
export function allHalves(): Float32Array {
	if (halfTable) return halfTable;
	halfTable = new Float32Array(0x10000);
	const bits = new Uint32Array(halfTable.buffer);
	for (let half = 0; half < halfTable.length; half++) {
		const exponent = (half >> 10) & 0x1f;
		// Of most, a float32 has the same bits in other places: an exponent from 127 on, and a longer fraction.
		if (exponent > 0 && exponent < 0x1f) bits[half] = ((half & 0x8000) << 16) | (((half & 0x7fff) << 13) + (112 << 23));
		else halfTable[half] = halfToFloat(half);
	}
	return halfTable;
}

/** The binary16 nearest to a number, halves to the even one; infinite from 65520 on. */
export function floatToHalf(value: number): number {
	const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
	if (Number.isNaN(value)) return 0x7e00;
	const magnitude = Math.abs(value);
	// Below 2 ** -14 the steps stay the same: those are the subnormal numbers, and zero.
	const exponent = magnitude === Infinity ? 16 : Math.max(-14, Math.floor(Math.log2(magnitude)));
	const steps = roundHalfEven(magnitude / 2 ** (exponent - 10));
	// A number rounded up to the next power of two carries into the exponent by itself.
	return sign | Math.min(0x7c00, (exponent + 14) * 1024 + steps);
}

/** Numbers rounded to binary16. */
export function floatsToHalves(floats: Float32Array): Uint16Array<ArrayBuffer> {
	const halves = new Uint16Array(floats.length);
	roundInto(halves, floats);
	return halves;
}

/**
 * The same, written where they are wanted.
 * @param start where the first goes
 */
export function roundInto(halves: Uint16Array, floats: Float32Array, start = 0): void {
	const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
	for (let i = 0; i < bits.length; i++) halves[start + i] = bitsToHalf(bits[i] ?? 0, floats[i] ?? 0);
}

/** The bits of 2 ** -14, from which on numbers are rounded by their bits, and of 65520, which is infinite. */
const [NORMAL, TOO_LARGE] = [113 << 23, (142 << 23) | 0x7ff000];

/** As {@link floatToHalf}, of a float32 and its bits: a pattern has millions of them. */
function bitsToHalf(bits: number, value: number): number {
	const magnitude = bits & 0x7fffffff;
	if (magnitude < NORMAL || magnitude >= TOO_LARGE) return floatToHalf(value);
	// Half of the last place that stays, less a bit where that is even, carries as rounding half to even does.
	return ((bits >>> 16) & 0x8000) | ((magnitude - (112 << 23) + 0xfff + ((magnitude >> 13) & 1)) >> 13);
}

/** binary16 numbers, two in each 32 bits: the first of a pair in the lower ones. An odd one at the end has zero beside it. */
export function packHalves(halves: Uint16Array): Int32Array {
	const packed = new Int32Array(Math.ceil(halves.length / 2));
	new Uint16Array(packed.buffer).set(halves);
	return packed;
}

/** The first `size` of the numbers that {@link packHalves} packed, widened exactly. */
export function unpackHalves({ buffer, byteOffset }: Int32Array, size: number): Float32Array {
	return halvesToFloats(new Uint16Array(buffer, byteOffset, size));
}
