import { attentionOf, meanOverHeads, patchPart, rowOf } from '../../src/lib/analysis/attention.ts';
import { rolloutFrom } from '../../src/lib/analysis/rollout.ts';
import { shuffled } from '../../src/lib/base/shuffled.ts';
import type { Edit } from '../../src/lib/engine/edits/edit.ts';
import type { TapData } from '../../src/lib/engine/tap.ts';
import { prefixTokens, type ViTConfig } from '../../src/lib/engine/vit/config.ts';

/** Reads a tap of the untouched run. */
export type ReadTap = (name: string) => Promise<TapData>;

/** A way to choose the half of the patches that is taken out before the first block. */
export interface Removal {
	readonly name: string;
	/** The taps of the untouched run that it reads. */
	taps(config: ViTConfig): readonly string[];
	/** One number a patch: those with the largest go. @param seed of this photo, where it is random */
	scores(read: ReadTap, config: ViTConfig, seed: number): Promise<ArrayLike<number>>;
}

const patternsOf = ({ depth }: ViTConfig) => Array.from({ length: depth }, (_, i) => `blocks.${i}.attn.pattern`);

/** What CLS attends to in the last block, mean over the heads; one share a patch. */
export async function lastAttention(read: ReadTap, config: ViTConfig): Promise<Float32Array> {
	const mean = meanOverHeads(attentionOf(await read(patternsOf(config).at(-1) ?? ''), config));
	return patchPart(rowOf(mean, 0, 0), mean.prefix);
}

async function rollout(read: ReadTap, config: ViTConfig): Promise<Float32Array> {
	const blocks = [];
	for (const name of patternsOf(config)) blocks.push(attentionOf(await read(name), config));
	const row = await rolloutFrom(blocks, blocks[0]?.tokens ?? 0, 0);
	return patchPart(row, prefixTokens(config));
}

type Scores = Removal['scores'];

const least =
	(scores: Scores): Scores =>
	async (...of) =>
		Array.from(await scores(...of), (score) => -score);

const byAttention = { taps: (config: ViTConfig) => patternsOf(config).slice(-1) };
const byRollout = { taps: patternsOf };

export const REMOVALS: readonly Removal[] = [
	{ name: 'attended-most', ...byAttention, scores: lastAttention },
	{ name: 'attended-least', ...byAttention, scores: least(lastAttention) },
	{ name: 'rollout-most', ...byRollout, scores: rollout },
	{ name: 'rollout-least', ...byRollout, scores: least(rollout) },
	{
		name: 'random-half',
		taps: () => [],
		scores: async (_, { imageSize: [height, width], patchSize }, seed) =>
			shuffled(Math.floor(height / patchSize) * Math.floor(width / patchSize), seed)
	}
];

/**
 * The edit that takes out the half of the patches with the largest scores, of equal ones the first; the others, and all
 * tokens before the patches, go on with their positions.
 * @param scores one a patch @param prefix tokens before the patches
 */
export function withoutHalf(scores: ArrayLike<number>, prefix: number): Edit {
	const order = Array.from(scores, (score, patch) => ({ score, patch })).sort(
		(a, b) => b.score - a.score || a.patch - b.patch
	);
	const left = order.slice(Math.floor(order.length / 2)).map(({ patch }) => prefix + patch);
	const before = Array.from({ length: prefix }, (_, i) => i);
	return { tap: 'embeddings', do: 'keep', tokens: [...before, ...left.sort((a, b) => a - b)] };
}
