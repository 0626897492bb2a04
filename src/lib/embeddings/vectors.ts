import { headInputTap, isViT, type ModelConfig, type ViTConfig } from '../engine/config';
import type { TapData } from '../engine/taps';

/** The taps that one run of a photo gives both of its vectors by: what its embedding is taken from, and its pixels. */
export function tapsOf(config: ModelConfig): readonly [embedding: string, pixels: string] {
	return [isViT(config) ? headInputTap(config) : 'norm', 'pixel_values'];
}

/**
 * What stands for the photo at the end, from the first of {@link tapsOf}: what the head reads, or would, which is the
 * row of the CLS token in `norm` (1, n, d) or all of `pooled` (1, d or 2 d); of a model without CLS the mean over all
 * tokens (d). A copy, so that the rest can be let go.
 */
export function embeddingOf({ data, shape }: TapData, config: ModelConfig): Float32Array {
	const width = shape.at(-1) ?? 0;
	if (isViT(config)) return data.slice(0, width);
	const tokens = data.length / width;
	const mean = new Float32Array(width);
	for (let token = 0; token < tokens; token++)
		for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (data[token * width + i] ?? 0) / tokens;
	return mean;
}

const NAMES: Record<ViTConfig['pooling'], string> = {
	cls: 'CLS token',
	mean: 'mean patch token',
	'cls+mean': 'CLS token beside its mean patch token'
};

/** What that vector is called, after 'its' or 'the'. */
export function embeddingName(config: ModelConfig): string {
	return isViT(config) ? NAMES[config.pooling] : 'mean token';
}
