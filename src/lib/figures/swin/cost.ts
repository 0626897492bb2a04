import { globalAttentionCost } from '../../analysis/cost';
import { stageMap, type SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';

/** What attention takes in all blocks of one stage of a Swin, in multiply-adds, and what it would take everywhere. */
export interface StageCost {
	readonly rows: number;
	readonly columns: number;
	readonly dim: number;
	readonly blocks: number;
	readonly everywhere: number;
	readonly inWindows: number;
}

/**
 * Equations 1 and 2 of Liu et al. (arXiv 2103.14030) for every stage of a Swin, summed over its blocks. In windows
 * padding is counted too, for it is computed with.
 */
export function stageCosts(config: SwinConfig): StageCost[] {
	return config.stages.map(({ dim, depth: blocks }, stage) => {
		const { rows, columns } = stageMap(config, stage);
		const each = Array.from({ length: blocks }, (_, block) => windowLayout(config, stage, block));
		const inWindows = each.reduce((sum, { count, area }) => sum + count * globalAttentionCost(area, dim), 0);
		return { rows, columns, dim, blocks, everywhere: blocks * globalAttentionCost(rows * columns, dim), inWindows };
	});
}

/** The same of the whole model, with its image that many times as high and as wide. */
export function costAt(config: SwinConfig, factor: number): { everywhere: number; inWindows: number } {
	const [height, width] = config.imageSize;
	const stages = stageCosts({ ...config, imageSize: [Math.round(factor * height), Math.round(factor * width)] });
	return {
		everywhere: stages.reduce((sum, { everywhere }) => sum + everywhere, 0),
		inWindows: stages.reduce((sum, { inWindows }) => sum + inWindows, 0)
	};
}
