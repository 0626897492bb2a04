import { pictureVectorTap } from '../analysis/picture-vector';
import { isViT, type ModelConfig } from '../engine/families';
import type { ViTConfig } from '../engine/vit/config';

/** The taps that one run of a photo gives both of its vectors by: what its embedding is taken from, and its pixels. */
export function tapsOf(config: ModelConfig): readonly [embedding: string, pixels: string] {
	return [pictureVectorTap(config), 'pixel_values'];
}

const NAMES: Record<ViTConfig['pooling'], string> = {
	cls: 'CLS token',
	mean: 'mean patch token',
	'cls+mean': 'CLS token beside its mean patch token'
};

/** What the picture's vector is called (`pictureVector`), after 'its' or 'the'. */
export function embeddingName(config: ModelConfig): string {
	return isViT(config) ? NAMES[config.pooling] : 'mean token';
}
