import { lastTap } from '../../engine/scores';
import { percent, tiny } from '../../marks/numbers';
import { scoreText } from '../../marks/scores';
import { largestDifference, rowAt } from '../../analysis/linear';
import { patchGrid } from '../../engine/config';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import type { Edit } from '../../engine/edits/edit';
import type { TapData } from '../../engine/tap';
import type { ModelAnswer } from '../../worker/protocol';
import { rough } from '../kit/words';
import { shuffled } from '../../base/shuffled';

/** Probabilities nearer than this count as the same: orders of sums differ, and a backend rounds each of them. */
export const ROUNDING = 1e-3;

/** What is read of each run: the final tokens, and what the head says where the model has one. */
export const namesRead = (config: ViTConfig): string[] => [...new Set(['norm', lastTap(config)])];

/** The patch that stands at each place. Seed 0 leaves all where they are. */
export function orderOf(config: ViTConfig, seed: number): number[] {
	const { rows, columns } = patchGrid(config);
	const count = rows * columns;
	return seed === 0 ? Array.from({ length: count }, (_, i) => i) : shuffled(count, seed);
}

/** The engine's edits for a setting of the figure; nothing is named that stays as it is. */
export function editsFor(config: ViTConfig, seed: number, positions: boolean): Edit[] {
	// The pixels move, so that every tap is of the rearranged photo; positions stay where they are.
	const shuffle: Edit = { tap: 'pixel_values', tokens: 'patches', do: 'permute', order: orderOf(config, seed) };
	const drop: Edit = { tap: 'parameters.pos_embed', do: 'zero' };
	return [...(seed === 0 ? [] : [shuffle]), ...(positions ? [] : [drop])];
}

/** How far a run on shuffled patches is from the same run in order. */
export interface Comparison {
	/** Of the probabilities, in [0, 1], or of the numbers of a regression; null for a model without a head. */
	readonly scores: number | null;
	/** The largest score in order, to judge the difference by: 1 where they are probabilities. */
	readonly most: number;
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
		scores: p && q ? largestDifference(p, q) : null,
		most: p && config.scores === 'number' ? largestOf(p) : 1,
		end: largestDifference(endOf(a, config), endOf(b, config)),
		patches: Math.max(0, ...patches),
		largest: largestOf(a)
	};
}

const largestOf = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

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
export function same({ scores, most, end, largest }: Comparison): boolean {
	return scores === null ? end <= ROUNDING * largest : scores <= ROUNDING * most;
}

/** What a run says first, as it stands in a sentence. */
export function answerOf({ top: [first] }: Pick<ModelAnswer, 'top'>, { scores }: Pick<ViTConfig, 'scores'>): string {
	return first ? `“${first.label}” with ${scoreText(first.score, scores)}` : 'no class';
}

/** A difference of scores in words, with what it comes to in percent where they are probabilities. */
export function scoreGap(difference: Comparison, { scores }: Pick<ViTConfig, 'scores'>): string {
	if (same(difference)) return ', which is rounding: the answer is the same.';
	return scores === 'number' ? `, of numbers up to ${gap(difference.most)}.` : ` (${percent(difference.scores ?? 0)}).`;
}

/** What the scores are, one of them. */
export const oneScore = ({ scores }: Pick<ViTConfig, 'scores'>): string =>
	scores === 'number' ? 'number' : 'probability';

/** A difference, with its power of ten where it is tiny. */
export const gap = (value: number): string => (value < 0.01 ? tiny(value) : rough(value));
