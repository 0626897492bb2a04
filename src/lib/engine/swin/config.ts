import type { Naming } from '../checkpoint/layer-names';
import { patchGrid, type CommonConfig, type Grid } from '../config';

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
	/**
	 * Rows and columns of the windows that the biases are for, where one side is shorter than `window`: timm cuts windows
	 * short on each axis by itself, and their tables with them.
	 */
	readonly oblong?: MapSize;
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
	/** Whether a map that is smaller than a window is filled up to one; otherwise the window shrinks to the map. */
	readonly alwaysPartition: boolean;
	/** The maps that a backbone hands out, each with a layer norm of its own: `stem` before the first stage, `stage1` after it. */
	readonly featureMaps: readonly string[];
	/** Whether learned absolute positions are added, beside the relative ones that every Swin has. */
	readonly absolutePositions: boolean;
	/**
	 * Whose rules hold where the windows don't divide a map, or are no smaller: the library's whose names the weights have.
	 * transformers fills the map up and rolls it then, and looks at the map's shorter side for both axes; timm rolls first,
	 * and looks at each axis by itself.
	 */
	readonly rules: Naming;
}

/** What a plain Swin leaves out. */
export const PLAIN_SWIN = {
	scores: 'softmax',
	gelu: 'erf',
	absolutePositions: false,
	alwaysPartition: false,
	featureMaps: []
} as const satisfies Partial<SwinConfig>;

/** Rows and columns of a map of tokens. */
export type MapSize = Grid;

/** The epsilon of the norms that no config file sets (the embedding's and the merging's): PyTorch's default. */
export const FIXED_EPS = 1e-5;

/**
 * Rows and columns of a stage's map. A side that the patches or the 2 x 2 merging don't divide is filled up with zeros
 * at the bottom or the right, so it is rounded up.
 * @param stage counted from 0
 */
export function stageMap(size: ReadSize, stage = 0): MapSize {
	let { rows, columns } = patchGrid(size);
	for (let i = 0; i < stage; i++) [rows, columns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
	return { rows, columns };
}

/** Every block, through all stages: both counted from 0, the block in its stage. */
export function blocksOf({ stages }: Pick<SwinConfig, 'stages'>): { stage: number; block: number }[] {
	return stages.flatMap(({ depth }, stage) => Array.from({ length: depth }, (_, block) => ({ stage, block })));
}

/** What the size of a map follows from. */
export type ReadSize = Pick<SwinConfig, 'imageSize' | 'patchSize'>;

/**
 * The map by which timm decides on a stage's windows and their shift: it halves the first map without what an odd side is
 * filled up with. @param stage counted from 0
 */
export function plannedMap(size: ReadSize, stage: number): MapSize {
	const { rows, columns } = stageMap(size);
	return { rows: Math.floor(rows / 2 ** stage), columns: Math.floor(columns / 2 ** stage) };
}

/** Rows and columns of the windows that a stage's table of biases is for. */
export function tableWindow({ window, oblong }: Pick<SwinStageConfig, 'window' | 'oblong'>): MapSize {
	return oblong ?? { rows: window, columns: window };
}

/** In how many ways one place of a window can lie from another: the rows of the table of biases. */
export function offsetsIn({ rows, columns }: MapSize): number {
	return (2 * rows - 1) * (2 * columns - 1);
}

/** The stage that hands a map out, counted from 0; -1 for what enters the first. */
export function stageOfMap(name: string): number {
	return name === 'stem' ? -1 : Number(name.replace('stage', '')) - 1;
}

/** Channels of a map that is handed out. */
export function mapWidth(config: SwinConfig, name: string): number {
	return stageOf(config, Math.max(0, stageOfMap(name))).dim;
}

/** A stage's settings. @throws RangeError where there is no such stage */
export function stageOf({ stages }: SwinConfig, stage: number): SwinStageConfig {
	const found = stages[stage];
	if (found) return found;
	throw new RangeError(`There is no stage ${stage}; the model has ${stages.length}, counted from 0.`);
}
