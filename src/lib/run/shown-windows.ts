import type { WindowAttention } from '../analysis/window-attention';
import { stageOf, type SwinConfig } from '../engine/swin/config';
import { windowLayout } from '../engine/swin/windows';
import type { TapData } from '../engine/tap';

/** Every block of a Swin, through all stages: both counted from 0, the block in its stage. */
export function blocksOf({ stages }: SwinConfig): { stage: number; block: number }[] {
	return stages.flatMap(({ depth }, stage) => Array.from({ length: depth }, (_, block) => ({ stage, block })));
}

/** The taps of all blocks' attention, in the order of {@link blocksOf}. */
export function windowTaps(config: SwinConfig): string[] {
	return blocksOf(config).map(({ stage, block }) => `stages.${stage}.blocks.${block}.attn.pattern`);
}

/** @param taps those of {@link windowTaps} */
export function weightsInWindows(taps: readonly Pick<TapData, 'data'>[], config: SwinConfig): WindowAttention[] {
	return blocksOf(config).map(({ stage, block }, i) => ({
		data: taps[i]?.data ?? new Float32Array(),
		heads: stageOf(config, stage).heads,
		layout: windowLayout(config, stage, block),
		stage,
		block,
		cell: config.patchSize * 2 ** stage
	}));
}
