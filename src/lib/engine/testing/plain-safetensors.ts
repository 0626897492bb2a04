/** A tensor in plain numbers, row-major. */
export interface PlainTensor {
	readonly shape: readonly number[];
	readonly values: readonly number[];
}

interface Entry {
	readonly dtype: string;
	readonly shape: readonly number[];
	readonly data_offsets: readonly [from: number, to: number];
}

/**
 * The tensors of a safetensors file, read by its format's description and without a look at the engine's reader: eight
 * bytes with the length of a JSON, little-endian, the JSON, and then the bytes that it tells of.
 * @throws for numbers that are neither float32 nor float16
 */
export function readPlainly(file: ArrayBuffer): Map<string, PlainTensor> {
	const view = new DataView(file);
	const start = 8 + Number(view.getBigUint64(0, true));
	const head = JSON.parse(new TextDecoder().decode(file.slice(8, start))) as Record<string, Entry>;
	const tensors = Object.entries(head).filter(([name]) => name !== '__metadata__');
	return new Map(
		tensors.map(
			([
				name,
				{
					dtype,
					shape,
					data_offsets: [from, to]
				}
			]) => {
				const size = sizeOf(dtype);
				const at = (i: number) => start + from + i * size;
				const read = (i: number) => (size === 4 ? view.getFloat32(at(i), true) : half(view.getUint16(at(i), true)));
				return [name, { shape, values: Array.from({ length: (to - from) / size }, (_, i) => read(i)) }];
			}
		)
	);
}

function sizeOf(dtype: string): number {
	const size = { F32: 4, F16: 2 }[dtype];
	if (!size) throw new Error(`No numbers in ${dtype}`);
	return size;
}

/** A float16 by IEEE 754: a sign, five bits of exponent, ten of the fraction. */
function half(bits: number): number {
	const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, (bits & 1023) / 1024];
	if (exponent === 31) return fraction ? NaN : sign * Infinity;
	return sign * (exponent ? (1 + fraction) * 2 ** (exponent - 15) : fraction * 2 ** -14);
}
