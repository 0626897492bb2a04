import { softmaxSteps } from '../../analysis/linear';
import { ranked } from '../../analysis/vectors';

/** One class on its way through softmax. */
export interface ClassRow {
	readonly index: number;
	readonly logit: number;
	/** `exp(logit - largest logit)`: taking the largest off changes no ratio, and keeps the numbers small. */
	readonly exponential: number;
	/** In [0, 1]. */
	readonly probability: number;
}

export interface SoftmaxTable {
	/** Largest logit first. */
	readonly rows: readonly ClassRow[];
	/** Of the exponentials of all classes, not only of those in the table. */
	readonly sum: number;
}

/** How softmax makes probabilities of logits, for the `count` likeliest classes. @param logits (classes) */
export function softmaxTable(logits: Float32Array, count: number): SoftmaxTable {
	const { powers, total: sum, weights } = softmaxSteps(logits);
	const rows = ranked(logits)
		.slice(0, count)
		.map((index): ClassRow => {
			const logit = logits[index] ?? 0;
			return { index, logit, exponential: powers[index] ?? 0, probability: weights[index] ?? 0 };
		});
	return { rows, sum };
}
