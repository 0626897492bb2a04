import { logitLens, rankClasses, type LensClass } from '../../analysis/logit-lens';
import type { ViTConfig } from '../../engine/vit/config';
import type { Tap } from '../figure';
import { allBlocks } from './blocks';

/** What {@link lensesOf} reads; nothing of a model without a head. */
export function lensTaps(config: ViTConfig): string[] {
	if (config.scores === 'vector') return [];
	const layers = [normOf(config), 'head', ...(config.distillationHead ? ['head_dist'] : [])];
	return [...layers.flatMap((name) => [`parameters.${name}.weight`, `parameters.${name}.bias`]), ...allBlocks(config)];
}

const normOf = ({ finalNorm }: ViTConfig) => (finalNorm === 'tokens' ? 'norm' : 'pooled_norm');

/** All classes as {@link rankClasses} orders them, that the head makes of the tokens before the first block and after each. */
export function lensesOf(config: ViTConfig, tap: Tap): LensClass[][] {
	if (config.scores === 'vector') return [];
	const layer = (name: string) => ({
		weight: tap(`parameters.${name}.weight`).data,
		bias: tap(`parameters.${name}.bias`).data
	});
	const readout = {
		norm: { ...layer(normOf(config)), eps: config.layerNormEps },
		head: layer('head'),
		distillation: config.distillationHead ? layer('head_dist') : null
	};
	return allBlocks(config).map((name) => rankClasses(logitLens(tap(name).data, config, readout), config.scores));
}
