import { pictureOf, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';

/** The tap that {@link pictureVector} is taken from. */
export function pictureVectorTap(config: ModelConfig): string {
	return pictureOf(config).tap;
}

/**
 * What stands for the picture at the end: what the head reads, or would, which is the row of the CLS token in `norm`
 * (1, n, d) or all of `pooled` (1, d or 2 d); of a Swin the mean over all its last tokens (d). A copy, so that the rest
 * can be let go.
 */
export function pictureVector({ data, shape }: Pick<TapData, 'data' | 'shape'>, config: ModelConfig): Float32Array {
	const width = shape.at(-1) ?? 0;
	if (pictureOf(config).of === 'first') return data.slice(0, width);
	const tokens = data.length / width;
	const mean = new Float32Array(width);
	for (let token = 0; token < tokens; token++)
		for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + (data[token * width + i] ?? 0) / tokens;
	return mean;
}
