import { stageMap, stageOf, type SwinConfig } from '../../engine/swin/config';
import { joined } from './merging';

/** One merging of a Swin: what of which stage it joins, and into what. */
export interface Merge {
	/** The stage whose tokens are joined, from 0; the next one is made of them. */
	readonly from: number;
	/** Numbers of a token before, and after. */
	readonly dim: number;
	readonly next: number;
	/** The taps of both maps: the last block's output, and what the merging has made of it. */
	readonly taps: readonly [before: string, after: string];
}

/** The merging with a number of those that a Swin has; the nearest where it has not so many, null where it has none. @param merged from 1 */
export function mergeOf(config: SwinConfig, merged: number): Merge | null {
	const count = config.stages.length - 1;
	if (count === 0) return null;
	const from = Math.min(Math.max(merged, 1), count) - 1;
	const { depth, dim } = stageOf(config, from);
	const taps = [`stages.${from}.blocks.${depth - 1}.out`, `stages.${from}.merge`] as const;
	return { from, dim, next: stageOf(config, from + 1).dim, taps };
}

/** The tokens of the stage before, from 0, that a token of a merged map was joined from; null for padding. In Swin's order. */
export const joinedTokens = (config: SwinConfig, { from }: Merge, token: number): (number | null)[] =>
	joined(stageMap(config, from), token);
