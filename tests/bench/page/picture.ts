/**
 * Soft stripes of a few sizes in [-1, 1]: nearer to a photo than noise, on which attention is a matter of rounding.
 * @returns (1, channels, height, width), row-major
 */
export function picture([, channels, height, width]: readonly [number, number, number, number]): Float32Array {
	return Float32Array.from({ length: channels * height * width }, (_, i) => {
		const channel = Math.floor(i / (height * width));
		const row = Math.floor(i / width) % height;
		const column = i % width;
		return (
			0.6 * Math.sin(row / 19 + channel) * Math.cos(column / 31 - channel) + 0.4 * Math.sin((row + 2 * column) / 7)
		);
	});
}
