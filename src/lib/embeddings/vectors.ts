import { pictureVectorTap } from '../analysis/picture-vector';
import { pictureOf, type ModelConfig } from '../engine/families';

/** The taps that one run of a photo gives both of its vectors by: what its embedding is taken from, and its pixels. */
export function tapsOf(config: ModelConfig): readonly [embedding: string, pixels: string] {
	return [pictureVectorTap(config), 'pixel_values'];
}

/** What the picture's vector is called (`pictureVector`), after 'its' or 'the'. */
export function embeddingName(config: ModelConfig): string {
	return pictureOf(config).name;
}
