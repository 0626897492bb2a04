import type { WindowAttention } from '../../analysis/window-attention';
import { blocksOf, stageOf, type SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';
import type { TapData } from '../../engine/tap';
import type { Layer } from '../../run/shown';

/** The attention of one block in its windows, with its mean over the heads. */
export type ShownWindows = Layer<WindowAttention>;

/** The tap of a block's attention; both are counted from 0, the block in its stage. */
export const windowTap = ({ stage, block }: Pick<WindowAttention, 'stage' | 'block'>): string =>
	`stages.${stage}.blocks.${block}.attn.pattern`;

/** @param taps one a block; of one that the run has passed by there is none, and all weights are 0 */
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
