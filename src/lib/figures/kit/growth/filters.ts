/**
 * Filters as small pictures: zero is middle grey, and the largest magnitude of all of them reaches black or full colour, so
 * that they can be compared with each other.
 * @param filters (count, side, side, 3) @returns RGBA of each
 */
export function filterPixels(filters: Float32Array, side: number): Uint8ClampedArray<ArrayBuffer>[] {
	const inside = 3 * side * side;
	const largest = filters.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
	return Array.from({ length: filters.length / inside }, (_, filter) => {
		const pixels = new Uint8ClampedArray(4 * side * side).fill(255);
		for (let i = 0; i < inside; i++)
			pixels[4 * Math.floor(i / 3) + (i % 3)] = 127.5 + (127.5 * (filters[filter * inside + i] ?? 0)) / largest;
		return pixels;
	});
}
