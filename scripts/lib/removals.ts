import { attentionOf, patchPart } from '../../src/lib/analysis/attention.ts';
import { fromFirst } from '../../src/lib/analysis/brightest.ts';
import { rolloutFrom } from '../../src/lib/analysis/rollout.ts';
import { shuffled } from '../../src/lib/base/shuffled.ts';
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
	return fromFirst(attentionOf(await read(patternsOf(config).at(-1) ?? ''), config));
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
