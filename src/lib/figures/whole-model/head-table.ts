import { sigmoid, softmaxSteps } from '../../analysis/linear';
import { ranked } from '../../analysis/vectors';
import type { Scores } from '../../engine/scores';

/** One output on its way from its logit to its score. */
export interface ClassRow {
	readonly index: number;
	readonly logit: number;
	/**
	 * What stands between: `exp(logit - largest logit)` of a softmax, where taking the largest off changes no ratio and keeps
	 * the numbers small; `exp(-logit)` of a sigmoid; nothing of a plain number.
	 */
	readonly exponential: number | null;
	/** In [0, 1]; of a plain number the logit itself. */
	readonly score: number;
}

export interface HeadRows {
	/** Largest logit first; plain numbers in the model's order. */
	readonly rows: readonly ClassRow[];
	/** Of the exponentials of all classes, not only of those in the table; null of anything but a softmax. */
	readonly sum: number | null;
}

/** What becomes of the logits, for the first `count` outputs. @param logits (classes) */
export function headRows(logits: Float32Array, scores: Scores, count: number): HeadRows {
	if (scores === 'softmax') return softmaxRows(logits, count);
	const order = scores === 'number' ? Array.from(logits, (_, index) => index) : ranked(logits);
	const rows = order.slice(0, count).map((index): ClassRow => {
		const logit = logits[index] ?? 0;
		return scores === 'number'
			? { index, logit, exponential: null, score: logit }
			: { index, logit, exponential: Math.exp(-logit), score: sigmoid(logit) };
	});
	return { rows, sum: null };
}

function softmaxRows(logits: Float32Array, count: number): HeadRows {
	const { powers, total: sum, weights } = softmaxSteps(logits);
	const rows = ranked(logits)
		.slice(0, count)
		.map((index): ClassRow => {
			const logit = logits[index] ?? 0;
			return { index, logit, exponential: powers[index] ?? 0, score: weights[index] ?? 0 };
		});
	return { rows, sum };
}
