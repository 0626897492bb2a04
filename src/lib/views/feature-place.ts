import { has, tapSpecs, transformerBlocks, type ModelConfig } from '../engine/families';
import type { FeaturesOf } from '../run/url';

/** Where features stand. */
export interface FeaturePlace {
	readonly tap: string;
	/** The block on whose tokens they stand, counted from 0; null of those on the patches as the model cuts them. */
	readonly block: number | null;
	/** Of the patches' tokens there. */
	readonly rows: number;
	readonly columns: number;
	/** Whether they come out of a block, and not out of what follows the last one. */
	readonly isBlock: boolean;
}

const NORM = 'norm';

/**
 * Where a Transformer's features are read: what comes out of a block, or what comes out of the last layer norm; null of a
 * model whose blocks do not read and write tokens.
 * @param block the chosen one, counted from 0; the last one for what is chosen behind them
 */
export function featurePlace(config: ModelConfig, of: FeaturesOf, block: number): FeaturePlace | null {
	if (!has(config, 'blocks')) return null;
	const blocks = transformerBlocks(config);
	const last = blocks.length - 1;
	const hasNorm = tapSpecs(config).some(({ name }) => name === NORM);
	const at = of === 'block' ? Math.min(block, last) : last;
	const chosen = blocks[at];
	if (!chosen) return null;
	const isBlock = of === 'block' || !hasNorm;
	const { rows, columns, stem } = chosen;
	return { tap: isBlock ? `${stem}.out` : NORM, block: at, rows, columns, isBlock };
}
