import { pictureVector, pictureVectorTap } from '../../analysis/picture-vector';
import { pictureOf, type ModelConfig } from '../../engine/families';
import type { ViTConfig } from '../../engine/vit/config';
import type { Tap } from '../figure';

/** What the head reads, or would, at the beginning of a sentence. */
export function headInputWords(config: ModelConfig): string {
	const { words } = pictureOf(config);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** All that the answer is read from, in the middle of a sentence: of two heads, what each reads. */
export function readByHeads(config: ViTConfig): string {
	const { words } = pictureOf(config);
	return config.distillationHead ? `${words} and the distillation token, each by a classifier of its own` : words;
}

/** What the head reads, or what a model without one ends in. */
export function headInput(tap: Tap, config: ModelConfig): Float32Array {
	return pictureVector(tap(pictureVectorTap(config)), config);
}
