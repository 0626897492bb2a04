import type { CommonConfig } from '../config';

/** What a Swin Transformer is (Liu et al. 2021, arXiv 2103.14030). Its sizes differ from stage to stage. */
export interface SwinConfig extends CommonConfig {
	readonly family: 'swin';
	/** Width of the first stage's tokens; each later stage is twice as wide. */
	readonly embedDim: number;
	/** Blocks of each stage. */
	readonly depths: readonly number[];
	/** Attention heads of each stage. */
	readonly stageHeads: readonly number[];
	/** Side of a window, in patches of its stage. */
	readonly windowSize: number;
	/** The feed-forward part's hidden layer, as a multiple of the stage's width. */
	readonly mlpRatio: number;
	/** Whether query, key and value have a bias. */
	readonly qkvBias: boolean;
}
