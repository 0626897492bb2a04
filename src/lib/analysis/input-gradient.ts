import type { TapData } from '../engine/tap';

type Picture = Pick<TapData, 'data' | 'shape'>;

/**
 * Input x gradient (Shrikumar et al. 2016, arXiv 1605.01713): every normalised pixel times the gradient of the class's
 * logit with respect to it, summed over the channels. Above 0 where the pixel, as it is, speaks for the class.
 * @param pixels (1, channels, height, width), the tap `pixel_values`
 * @param gradient with respect to it, laid out alike
 * @returns (height, width), row by row, signed
 */
export function inputTimesGradient({ data, shape }: Picture, gradient: Picture): Float32Array {
	const [, channels = 0, height = 0, width = 0] = shape;
	const size = height * width;
	const map = new Float64Array(size);
	for (let i = 0; i < channels * size; i++) {
		map[i % size] = (map[i % size] ?? 0) + (data[i] ?? 0) * (gradient.data[i] ?? 0);
	}
	return Float32Array.from(map);
}

/** A map of pixels summed over the patches that they are of: one number a patch, row by row. @param map (height, width) */
export function overPatches(map: Float32Array, width: number, patchSize: number): Float32Array {
	const columns = Math.ceil(width / patchSize);
	const rows = Math.ceil(map.length / width / patchSize);
	const sums = new Float64Array(rows * columns);
	for (const [i, value] of map.entries()) {
		const patch = Math.floor(i / width / patchSize) * columns + Math.floor((i % width) / patchSize);
		sums[patch] = (sums[patch] ?? 0) + value;
	}
	return Float32Array.from(sums);
}
