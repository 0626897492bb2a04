import type { SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';
import type { RunWork } from '../family';

/**
 * A Swin's multiply-adds, stage by stage: the attention of a block is 2 M^2 per place of its windows and feature, as in
 * equation 2 of Liu et al. (arXiv 2103.14030); between stages 2 x 2 tokens of width C become one of 2C, which is 8C^2.
 */
export function workOf(config: SwinConfig): RunWork {
	const { stages, patchSize, channels, classes } = config;
	let [work, attention, tokens] = [0, 0, 0];
	for (const [i, { depth, dim, mlpDim }] of stages.entries()) {
		const { map, count, area } = windowLayout(config, i, 0);
		const places = map.rows * map.columns;
		const embedding = i === 0 ? places * channels * patchSize ** 2 * dim : places * 2 * dim ** 2;
		const scores = depth * 2 * area * count * area * dim;
		work += embedding + depth * (4 * places * dim ** 2 + 2 * places * dim * mlpDim) + scores;
		attention += scores;
		tokens = Math.max(tokens, places);
	}
	return { work: work + classes * (stages.at(-1)?.dim ?? 0), attention, tokens };
}
