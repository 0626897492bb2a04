import { percent, tiny } from '../../marks/numbers';
import { largestDifference, rowAt } from '../../analysis/linear';
import { patchGrid, prefixTokens, type ViTConfig } from '../../engine/config';
import type { Changes } from '../../engine/changes';
import type { TapData } from '../../engine/taps';
import type { ExperimentResult } from '../../lesson/stage';
import { rough } from '../parts/words';
import { shuffled } from './shuffle';

/** Probabilities nearer than this count as the same: orders of sums differ, and a backend rounds each of them. */
export const ROUNDING = 1e-3;

/** What is read of each run: the final tokens, and the probabilities where the model has a head. */
export const namesRead = ({ classes }: ViTConfig): string[] => (classes > 0 ? ['norm', 'probabilities'] : ['norm']);

/** The patch that stands at each place. Seed 0 leaves all where they are. */
export function orderOf(config: ViTConfig, seed: number): number[] {
	const { rows, columns } = patchGrid(config);
	const count = rows * columns;
	return seed === 0 ? Array.from({ length: count }, (_, i) => i) : shuffled(count, seed);
}

/** The engine's change for a setting of the figure; nothing is named that stays as it is. */
export function changesFor(config: ViTConfig, seed: number, positions: boolean): Changes {
	return { ...(seed !== 0 && { order: orderOf(config, seed) }), ...(!positions && { positions }) };
}

/** How far a run on shuffled patches is from the same run in order. */
export interface Comparison {
	/** Of the probabilities, in [0, 1]; null for a model without a head. */
	readonly probabilities: number | null;
	/** Of the numbers that stand for the photo: the final CLS token's, or without one the mean's over the final patches. */
	readonly end: number;
	/** Of all final patch tokens' numbers, each patch compared with itself, wherever it stood. */
	readonly patches: number;
	/** The largest of all final numbers in order, to judge the two above by. */
	readonly largest: number;
}

/**
 * @param before the taps of {@link namesRead}, in that order, of the run in order
 * @param after the same of the run in which place `i` held patch `order[i]`
 */
export function compare(
	before: readonly TapData[],
	after: readonly TapData[],
	order: readonly number[],
	config: ViTConfig
): Comparison {
	const { dim } = config;
	const prefix = prefixTokens(config);
	const [a, b] = [before[0]?.data ?? new Float32Array(), after[0]?.data ?? new Float32Array()];
	const patches = order.map((patch, place) =>
		largestDifference(rowAt(a, dim, prefix + patch), rowAt(b, dim, prefix + place))
	);
	const [p, q] = [before[1]?.data, after[1]?.data];
	return {
		probabilities: p && q ? largestDifference(p, q) : null,
		end: largestDifference(endOf(a, config), endOf(b, config)),
		patches: Math.max(0, ...patches),
		largest: a.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
	};
}

/** @param tokens (n, d), the final ones */
function endOf(tokens: Float32Array, { cls, dim, ...others }: ViTConfig): Float32Array {
	if (cls) return rowAt(tokens, dim, 0);
	const patches = tokens.subarray(prefixTokens({ cls, ...others }) * dim);
	const count = patches.length / dim;
	return Float32Array.from({ length: dim }, (_, i) => {
		let sum = 0;
		for (let at = i; at < patches.length; at += dim) sum += patches[at] ?? NaN;
		return sum / count;
	});
}

/** What those numbers are called, after `the`. */
export const endName = ({ cls }: ViTConfig): string => (cls ? 'final CLS token' : 'mean of the final patches');

/** Whether the shuffle changed nothing but by rounding. */
export function same({ probabilities, end, largest }: Comparison): boolean {
	return probabilities === null ? end <= ROUNDING * largest : probabilities <= ROUNDING;
}

/** A run's likeliest class, as it stands in a sentence. */
export function answerOf({ top: [first] }: Pick<ExperimentResult, 'top'>): string {
	return first ? `“${first.label}” with ${percent(first.probability)}` : 'no class';
}

/** A difference, with its power of ten where it is tiny. */
export const gap = (value: number): string => (value < 0.01 ? tiny(value) : rough(value));
