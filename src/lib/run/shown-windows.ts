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

/** @param taps those of {@link windowTaps}; of a block that the run has passed by there is none, and all weights are 0 */
export function weightsInWindows(
	taps: readonly (Pick<TapData, 'data'> | undefined)[],
	config: SwinConfig
): WindowAttention[] {
	return blocksOf(config).map(({ stage, block }, i) => {
		const { heads } = stageOf(config, stage);
		const layout = windowLayout(config, stage, block);
		const data = taps[i]?.data ?? new Float32Array(layout.count * heads * layout.area ** 2);
		return { data, heads, layout, stage, block, cell: config.patchSize * 2 ** stage };
	});
}
