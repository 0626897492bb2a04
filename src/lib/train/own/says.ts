import { cosine } from '../../analysis/cosine';
import type { Scored } from '../../marks/scores';
import type { Taught } from './teaching.svelte';

/** What the layer says of a photo: a share for each class, the largest first. @param vector what the model makes of it */
export function saysOf(
	{ weight, bias, classes }: Pick<Taught, 'weight' | 'bias' | 'classes'>,
	vector: Float32Array
): Scored[] {
	const width = vector.length;
	const logits = classes.map((_, k) =>
		vector.reduce((sum, one, i) => sum + one * (weight[k * width + i] ?? 0), bias[k] ?? 0)
	);
	const most = Math.max(...logits);
	const powers = logits.map((logit) => Math.exp(logit - most));
	const sum = powers.reduce((total, power) => total + power, 0);
	return classes
		.map(({ name }, k) => ({ label: name, score: (powers[k] ?? 0) / sum }))
		.sort((a, b) => b.score - a.score);
}

/** A photo of the reader's and how alike it is to another. */
export interface Near {
	/** By its place among all that were learned from. */
	readonly photo: number;
	/** In [-1, 1]. */
	readonly cosine: number;
}

/** The photos that the model finds most like one, most alike first. @param but a photo that is left out: itself */
export function nearestTo(
	{ vectors }: Pick<Taught, 'vectors'>,
	vector: Float32Array,
	but: number | null = null
): Near[] {
	return vectors
		.map((other, photo) => ({ photo, cosine: cosine(vector, other) }))
		.filter(({ photo }) => photo !== but)
		.sort((a, b) => b.cosine - a.cosine);
}
