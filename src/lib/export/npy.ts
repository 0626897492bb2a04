/**
 * One array in NumPy's `.npy` format, version 1.0: the magic string `\x93NUMPY`, the version, the header's length as a
 * little-endian uint16, the header (a Python dictionary in ASCII, padded with spaces and ended by a newline so that the
 * data starts at a multiple of 64 bytes), and the values, little-endian, in C order.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param shape Its product is the number of values; `[]` is a scalar.
 * @throws RangeError where the shape does not fit the data.
 */
export function npy(data: Float32Array | Uint8Array | Uint8ClampedArray, shape: readonly number[]): Uint8Array {
	const size = shape.reduce((product, length) => product * length, 1);
	if (size !== data.length) {
		throw new RangeError(`The shape (${shape.join(', ')}) holds ${size} values, but there are ${data.length}.`);
	}
	return fileOf(data instanceof Float32Array ? '<f4' : '|u1', shape, littleEndianBytes(data));
}

/**
 * A text as a scalar of bytes, in UTF-8: `numpy.load` gives it back without unpickling anything, and its `.item()` is
 * the `bytes`. NumPy drops NUL bytes at the end, and has no string of none.
 */
export function npyText(text: string): Uint8Array {
	const bytes = new TextEncoder().encode(text);
	return fileOf(`|S${bytes.length}`, [], bytes);
}

function fileOf(dtype: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
	const header = paddedHeader(dtype, shape);
	const file = new Uint8Array(PREAMBLE + header.length + bytes.length);
	file.set(MAGIC);
	new DataView(file.buffer).setUint16(MAGIC.length, header.length, true);
	file.set(new TextEncoder().encode(header), PREAMBLE);
	file.set(bytes, PREAMBLE + header.length);
	return file;
}

/** `\x93NUMPY` and the version, 1.0. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const PREAMBLE = MAGIC.length + 2;
const ALIGNMENT = 64;

function paddedHeader(dtype: string, shape: readonly number[]): string {
	// A Python tuple of one needs its comma.
	const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
	const dictionary = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`;
	const used = PREAMBLE + dictionary.length + 1;
	return dictionary + ' '.repeat((ALIGNMENT - (used % ALIGNMENT)) % ALIGNMENT) + '\n';
}

function littleEndianBytes(data: Float32Array | Uint8Array | Uint8ClampedArray): Uint8Array {
	if (!(data instanceof Float32Array) || HOST_IS_LITTLE_ENDIAN) {
		return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	}
	const view = new DataView(new ArrayBuffer(data.byteLength));
	data.forEach((value, i) => view.setFloat32(i * 4, value, true));
	return new Uint8Array(view.buffer);
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
