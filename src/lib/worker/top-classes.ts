import type { CommonConfig } from '../engine/config';
import type { Scores } from '../engine/scores';
import { className, classNames } from '../models/labels';
import type { Prediction } from './protocol';

/**
 * The first `count` outputs of a head as a reader is shown them: the likeliest first where they are shares or
 * probabilities; in the model's own order where they are plain numbers, of which the largest is no better than the rest.
 * @param scores one an output, see `Scores`
 * @param names one an output; one that is missing goes by its number
 */
export function topClasses(scores: Float32Array, kind: Scores, names: readonly string[], count = 5): Prediction[] {
	const outputs = Array.from(scores, (score, index) => ({ index, label: className(names, index), score }));
	return (kind === 'number' ? outputs : outputs.sort((a, b) => b.score - a.score)).slice(0, count);
}

/** What a model's outputs are called: as its files call them, or by their numbers. */
export function outputNames(
	labels: readonly string[] | null,
	{ classes, scores }: Pick<CommonConfig, 'classes' | 'scores'>
): string[] {
	const names = classNames(labels, classes);
	return scores === 'number' && labels?.length !== classes ? names.map((_, i) => `output ${i}`) : names;
}
