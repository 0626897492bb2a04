import { isViT, type ModelConfig } from '../engine/config';
import type { TapData } from '../engine/taps';

/** The taps that one run of a photo gives both of its vectors by. */
export const TAPS = ['norm', 'pixel_values'] as const;

/**
 * What stands for the photo after the last layer norm, from the tap `norm` (1, n, d): the row of the CLS token, or
 * (d) means over all tokens in a model that has none. A copy, so that the rest can be let go.
 */
export function embeddingOf({ data, shape }: TapData, config: ModelConfig): Float32Array {
	const [, tokens = 0, width = 0] = shape;
	if (isViT(config)) return data.slice(0, width);
	const mean = new Float32Array(width);
	for (let token = 0; token < tokens; token++)
		for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (data[token * width + i] ?? 0) / tokens;
	return mean;
}
