import { className } from '../models/labels';
import type { Prediction } from './protocol';

/** The `count` likeliest classes, likeliest first. @param probabilities one a class, in [0, 1] */
export function topClasses(probabilities: Float32Array, names: readonly string[], count = 5): Prediction[] {
	return Array.from(probabilities, (probability, index) => ({
		index,
		label: className(names, index),
		probability
	}))
		.sort((a, b) => b.probability - a.probability)
		.slice(0, count);
}
