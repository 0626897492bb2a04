import { largestDifference } from '../../gpu/page/numbers';

/** What both engines return to JavaScript from a run. */
export interface Outputs {
	readonly logits: Float32Array;
	/** The attention weights of each block. */
	readonly attention: readonly Float32Array[];
}

/** The largest differences between two runs of the same model. */
export interface Difference {
	readonly logits: number;
	readonly attention: number;
}

export function compareOutputs(a: Outputs, b: Outputs): Difference {
	const attention = a.attention.map((map, i) => largestDifference(map, b.attention[i] ?? []));
	return { logits: largestDifference(a.logits, b.logits), attention: Math.max(...attention) };
}

/** The largest of several, each by itself. */
export function worstOf(differences: readonly Difference[]): Difference {
	return {
		logits: Math.max(...differences.map(({ logits }) => logits)),
		attention: Math.max(...differences.map(({ attention }) => attention))
	};
}
