import type { Json } from './checkpoint/fields';

export const SCORES = ['softmax', 'sigmoid', 'number', 'vector'] as const;

/**
 * What a model's last numbers mean: shares of one whole among the classes (`softmax`), a probability of each class by
 * itself (`sigmoid`), plain numbers (`number`, of a regression), or no class at all but a vector that stands for the
 * picture (`vector`, of a model without a head).
 */
export type Scores = (typeof SCORES)[number];

interface Scored {
	readonly scores: Scores;
}

/** The taps of a head, in the order in which they are computed: one number an output each. None without a head. */
export function headTaps({ scores }: Scored): ('logits' | 'probabilities')[] {
	if (scores === 'vector') return [];
	return scores === 'number' ? ['logits'] : ['logits', 'probabilities'];
}

/** The last tap that every run of a model makes: what its head says, or its final tokens. */
export function lastTap(config: Scored): 'probabilities' | 'logits' | 'norm' {
	return headTaps(config).at(-1) ?? 'norm';
}

/**
 * What a head's outputs mean. transformers (5.18) goes by `problem_type`, and its image-classification pipeline takes the
 * sigmoid of a single output whatever that says, for a softmax of one number is always 1; but a regression's loss is that
 * of the plain numbers, so they are left as they are. timm's files say nothing of it.
 * @param classes outputs of the head; 0 without one
 */
export function scoresOf({ problem_type: problem }: Json, classes: number): Scores {
	if (classes === 0) return 'vector';
	if (problem === 'regression') return 'number';
	return problem === 'multi_label_classification' || classes === 1 ? 'sigmoid' : 'softmax';
}
