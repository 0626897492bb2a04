import type { CommonConfig } from '../../engine/config';
import { rearrange, type Tensor } from '../../engine/einops/apply';

/** What a patch embedding is made of. */
export interface Projection {
	/** (c * p * p, d): rows in the order channel, row, column. */
	readonly weight: Float32Array;
	/** (d) */
	readonly bias: Float32Array;
}

/** The photo's patches as the model's rows: (patches, c * p * p). @param pixels (1, c, height, width) */
export function patchRows(pixels: Tensor, { patchSize }: CommonConfig): Tensor {
	return rearrange(pixels, '1 c (h p1) (w p2) -> (h w) (c p1 p2)', { p1: patchSize, p2: patchSize });
}

/**
 * The linear variant, for one patch: `y = x W + b`, each y_k the sum over the row from its first number to its last, in
 * float32.
 * @param row (c * p * p)
 * @returns (d)
 */
export function linear(row: Float32Array, { weight, bias }: Projection): Float32Array {
	const out = new Float32Array(bias);
	for (let i = 0; i < row.length; i++) addScaled(out, row[i] ?? NaN, weight, i * out.length);
	return out;
}

/**
 * The convolution variant, at one place: the kernels lie over the picture with their upper left corner at `(y, x)`, and
 * every pixel below them counts. Nothing is cut or reordered. It goes through the pixels row by row, the channels
 * within, in float32; so what the two variants differ by is what rounding does.
 * @param pixels (1, c, height, width)
 * @returns (d)
 */
export function convolve(pixels: Tensor, { weight, bias }: Projection, p: number, y: number, x: number): Float32Array {
	const [, channels = 0, height = 0, width = 0] = pixels.shape;
	const out = new Float32Array(bias);
	for (let row = 0; row < p; row++) {
		for (let column = 0; column < p; column++) {
			for (let c = 0; c < channels; c++) {
				const pixel = pixels.data[(c * height + y + row) * width + x + column] ?? NaN;
				addScaled(out, pixel, weight, ((c * p + row) * p + column) * out.length);
			}
		}
	}
	return out;
}

/** `sums += factor * weight[start ...]`, rounded to float32 each time. */
function addScaled(sums: Float32Array, factor: number, weight: Float32Array, start: number): void {
	for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] ?? 0) + factor * (weight[start + k] ?? NaN);
}
