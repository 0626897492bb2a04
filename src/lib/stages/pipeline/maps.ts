/** One colour channel of RGBA pixels, row-major, in 0..255. */
export function channelOf(data: Uint8ClampedArray, channel: 0 | 1 | 2): Float32Array {
	return Float32Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + channel] ?? 0);
}
