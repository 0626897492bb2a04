import { logitLens, rankClasses, type LensClass } from '../../analysis/logit-lens';
import type { ViTConfig } from '../../engine/config';
import type { Tap } from '../../lesson/stage';
import { allBlocks, clsOf } from './blocks';

const READOUT = ['weights.norm.weight', 'weights.norm.bias', 'weights.head.weight', 'weights.head.bias'] as const;

/** Whether a head reads the final CLS token by itself. A DeiT's has another one beside it, for the distillation token. */
function readsCls({ classes, pooling, finalNorm }: ViTConfig): boolean {
	return classes > 0 && pooling === 'cls' && finalNorm === 'tokens';
}

/** What {@link lensesOf} reads; nothing of a model that has no such head. */
export function lensTaps(config: ViTConfig): string[] {
	return readsCls(config) ? [...READOUT, ...allBlocks(config)] : [];
}

/** All classes, likeliest first, that the head reads from the CLS token before the first block and after each. */
export function lensesOf(config: ViTConfig, tap: Tap): LensClass[][] {
	if (!readsCls(config)) return [];
	const [scale, offset, weight, bias] = READOUT.map((name) => tap(name).data);
	const readout = {
		norm: { weight: scale ?? [], bias: offset ?? [], eps: config.layerNormEps },
		weight: weight ?? [],
		bias: bias ?? []
	};
	return allBlocks(config).map((name) => rankClasses(logitLens(clsOf(tap(name)), readout)));
}
