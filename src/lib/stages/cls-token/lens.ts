import { logitLens, rankClasses, type LensClass } from '../../analysis/logit-lens';
import type { ViTConfig } from '../../engine/config';
import type { Tap } from '../../lesson/stage';
import { allBlocks, clsOf } from './blocks';

const READOUT = ['weights.norm.weight', 'weights.norm.bias', 'weights.head.weight', 'weights.head.bias'] as const;

/** What {@link lensesOf} reads; nothing of a model without a head. */
export function lensTaps(config: ViTConfig): string[] {
	return config.classes > 0 ? [...READOUT, ...allBlocks(config)] : [];
}

/** All classes, likeliest first, that the head reads from the CLS token before the first block and after each. */
export function lensesOf(config: ViTConfig, tap: Tap): LensClass[][] {
	if (config.classes === 0) return [];
	const [scale, offset, weight, bias] = READOUT.map((name) => tap(name).data);
	const readout = {
		norm: { weight: scale ?? [], bias: offset ?? [], eps: config.layerNormEps },
		weight: weight ?? [],
		bias: bias ?? []
	};
	return allBlocks(config).map((name) => rankClasses(logitLens(clsOf(tap(name)), readout)));
}
