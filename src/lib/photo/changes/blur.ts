import { mirrored, type Pixels } from './pixels';

/** The weights of a Gaussian at whole pixels, 17 of them, which sum to 1. @param sigma in pixels */
function gaussian(sigma: number): readonly number[] {
	const raw = Array.from({ length: 17 }, (_, i) => Math.exp(-((i - 8) ** 2) / (2 * sigma ** 2)));
	const total = raw.reduce((sum, weight) => sum + weight, 0);
	return raw.map((weight) => weight / total);
}

/** A Gaussian blur, first across and then down; beyond its edges the picture is mirrored. @param sigma in pixels */
export function blur(pixels: Pixels, sigma: number): Pixels {
	const { width, height } = pixels;
	const weights = gaussian(sigma);
	const across = along(pixels.data, weights, { length: width, step: 1 });
	return { data: along(across, weights, { length: height, step: width }), width, height };
}

/** @param axis how long it is, and how far apart its neighbours are in the array */
function along(data: Float32Array, weights: readonly number[], axis: { length: number; step: number }): Float32Array {
	const { length, step } = axis;
	const reach = (weights.length - 1) / 2;
	return data.map((_, i) => {
		const at = Math.floor(i / step) % length;
		const start = i - at * step;
		return weights.reduce(
			(sum, weight, tap) => sum + weight * (data[start + mirrored(at + tap - reach, length) * step] ?? NaN),
			0
		);
	});
}
