import type { CommonConfig } from '../config';

/** One stage of a Swin Transformer: blocks on a map of one size. */
export interface SwinStageConfig {
	/** Number of blocks. */
	readonly depth: number;
	/** Attention heads in each block. */
	readonly heads: number;
	/** Width of the residual stream. */
	readonly dim: number;
	/** Width of the feed-forward part's hidden layer. */
	readonly mlpDim: number;
	/** Side of a window, in tokens of this stage, where the map is larger than that. */
	readonly window: number;
}

/** A Swin Transformer, version 1 (Liu et al. 2021, arXiv 2103.14030). `layerNormEps` is that of its blocks and its end. */
export interface SwinConfig extends CommonConfig {
	readonly family: 'swin';
	/** At least one; between two of them the map is merged 2 x 2. */
	readonly stages: readonly SwinStageConfig[];
	/** Whether query, key and value have a bias. */
	readonly qkvBias: boolean;
	/** Whether the embedded patches go through a layer norm. */
	readonly patchNorm: boolean;
	/** Whether learned absolute positions are added, beside the relative ones that every Swin has. */
	readonly absolutePositions: boolean;
}

/** Rows and columns of a map of tokens. */
export interface MapSize {
	readonly rows: number;
	readonly columns: number;
}

/** The epsilon of the norms that no config file sets (the embedding's and the merging's): PyTorch's default. */
export const FIXED_EPS = 1e-5;

/**
 * Rows and columns of a stage's map. A side that the patches or the 2 x 2 merging don't divide is filled up with zeros
 * at the bottom or the right, so it is rounded up.
 * @param stage counted from 0
 */
export function stageMap({ imageSize: [height, width], patchSize }: SwinConfig, stage = 0): MapSize {
	let [rows, columns] = [Math.ceil(height / patchSize), Math.ceil(width / patchSize)];
	for (let i = 0; i < stage; i++) [rows, columns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
	return { rows, columns };
}

/** A stage's settings. @throws RangeError where there is no such stage */
export function stageOf({ stages }: SwinConfig, stage: number): SwinStageConfig {
	const found = stages[stage];
	if (found) return found;
	throw new RangeError(`There is no stage ${stage}; the model has ${stages.length}, counted from 0.`);
}
