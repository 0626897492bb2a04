import { layerNorm, linear, softmax, type NormParameters, type Numbers } from './linear';

/** What stands after the last block: the final layer norm and the head. */
export interface Readout {
	readonly norm: NormParameters;
	/** (features, classes), row-major. */
	readonly weight: Numbers;
	/** (classes). */
	readonly bias: Numbers;
}

/**
 * The logits that the model would give if it stopped here: the final layer norm and the head applied to the CLS token
 * after any block, as nostalgebraist's "logit lens" (2020) does for language models. A probe: norm and head were
 * trained for the last block's output alone, for which this is exactly what the model computes.
 * @param token (features): one row of `blocks.i.out`
 * @returns (classes)
 */
export function logitLens(token: Numbers, { norm, weight, bias }: Readout): Float64Array {
	return linear(layerNorm(token, norm), weight, bias);
}

export interface LensClass {
	/** Counted from 0. */
	readonly index: number;
	/** In [0, 1]. */
	readonly probability: number;
	/** Counted from 1: 1 is the likeliest. */
	readonly rank: number;
}

/** All classes of some logits, likeliest first; of equal ones the first. */
export function rankClasses(logits: Numbers): LensClass[] {
	const probabilities = softmax(logits);
	return Array.from(probabilities, (_, index) => index)
		.sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b)
		.map((index, i) => ({ index, probability: probabilities[index] ?? 0, rank: i + 1 }));
}
