import { logitLens, rankClasses, readoutOf, readoutTaps, type LensClass } from '../../analysis/logit-lens';
import type { ViTConfig } from '../../engine/vit/config';
import type { Tap } from '../figure';
import { allBlocks } from './blocks';

/** What {@link lensesOf} reads; nothing of a model without a head. */
export function lensTaps(config: ViTConfig): string[] {
	return config.scores === 'vector' ? [] : [...readoutTaps(config), ...allBlocks(config)];
}

/** All classes as {@link rankClasses} orders them, that the head makes of the tokens before the first block and after each. */
export function lensesOf(config: ViTConfig, tap: Tap): LensClass[][] {
	if (config.scores === 'vector') return [];
	const readout = readoutOf(config, (name) => tap(name).data);
	return allBlocks(config).map((name) => rankClasses(logitLens(tap(name).data, config, readout), config.scores));
}
