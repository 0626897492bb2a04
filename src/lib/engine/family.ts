import type { CommonConfig, Grid } from './config';
import type { TapSpec } from './tap';

/** A token that stands for no patch. */
export type SpecialToken = 'cls' | 'distillation' | 'register';

/** Where a model's tokens are, and in which part of it everything is made: what edits go by. */
export interface Places {
	/**
	 * The blocks of the residual stream, in order: what the names of their taps and parameters begin with, `blocks.3`. A run
	 * can pass each of them by, so a block that makes another shape than it reads is none of these.
	 */
	readonly blocks: readonly string[];
	/** Parameters that become a part of the sequence; a run changes them where it makes the embeddings. */
	readonly embedded: readonly string[];
	/** The tap of tokens and positions added up: `embeddings`, unless something is done to them before the first block. */
	readonly sum: string;
	/** What the names of the taps and parameters after the last step begin with. */
	readonly head: readonly string[];
	/** The tokens before the patches, in their order. */
	readonly prefix: readonly SpecialToken[];
	/** Whether some tokens can go on without the others. */
	readonly shortens: boolean;
	/** Rows and columns of the patches' tokens at a tap. @param tap its name */
	gridAt(tap: string): Grid;
	/**
	 * The token at each place along an axis of a tap or parameter, counted from 0 in the whole sequence; where the first
	 * axis is that of the windows, window by window, with -1 for padding.
	 * @param axis index of an axis that holds tokens
	 */
	tokensAt(tap: TapSpec, axis: number): readonly number[];
}

/** Blocks that follow each other and are of one kind: a ViT is one such group, a Swin has several, each coarser. */
export interface BlockGroup {
	readonly blocks: number;
	/** Heads in each of these blocks; 0 where they don't attend. */
	readonly heads: number;
	/** Tokens that these blocks write. */
	readonly tokens: number;
	/** Rows and columns of the patches among them. */
	readonly grid: readonly [rows: number, columns: number];
}

/** The patches as a model cuts them, and what the tokens before them are called, in order. */
export interface TokenGrid extends Grid {
	readonly prefix: readonly string[];
}

/** What stands for a picture at the end: what the head reads, or would. */
export interface PictureVector {
	/** The tap that it is taken from. */
	readonly tap: string;
	/** Its first row, or the mean of all its rows. */
	readonly of: 'first' | 'mean';
	/** What it is called, after 'its' or 'the'. */
	readonly name: string;
	/** What is read at the end, in the middle of a sentence: `the CLS token`. */
	readonly words: string;
}

/**
 * What a network may have or lack, by which is told what can be shown of it:
 * - `patterns`: each block weighs all of its tokens against each other, in one whole pattern a head (`attn.pattern`)
 * - `windows`: its tokens attend in windows, on maps that are merged from stage to stage, as `SwinConfig` tells
 * - `sequence`: one sequence of tokens, of one width, goes through all blocks. With `patterns` and `blocks` its
 *   configuration has all that `ViTConfig` tells, and its taps have a ViT's names
 * - `blocks`: its blocks are those that {@link Family.blocks} lists
 * - `cls`: a CLS token stands before the patches (`parameters.cls_token`)
 * - `positions`: learned positions are added to the tokens (`parameters.pos_embed`)
 * - `patches`: the picture is cut into whole patches, side by side (`patches`)
 * - `projection`: each patch is multiplied by one matrix (`parameters.patch_embed`), which makes its embedding
 *   (`patch_embed`)
 * - `maps`: convolutions make maps of features, as `ConvConfig` tells, and nothing attends
 */
export type Capability =
	'patterns' | 'windows' | 'sequence' | 'blocks' | 'cls' | 'positions' | 'patches' | 'projection' | 'maps';

/**
 * A block of attention and a feed-forward part, each behind a layer norm, and each added to the residual stream: its taps
 * are `norm1`, `attn.out`, `residual1`, `norm2`, those of `mlp`, and `out`.
 */
export interface TransformerBlock extends Grid {
	/** What the names of its taps and parameters begin with: `blocks.3`. */
	readonly stem: string;
	/** The tap that enters it. */
	readonly input: string;
	/** Its group, as {@link Family.groups} lists them, and its place in there; both from 0. */
	readonly stage: number;
	readonly at: number;
	/** Pixels of the input along each side of a token: rows and columns are of such squares. */
	readonly cell: number;
	/** Features of a token. */
	readonly dim: number;
	/** Width of the feed-forward part's hidden layer; with a gate, of each of its halves. */
	readonly mlpDim: number;
	/** Two layers around a GELU, or gated by a SiLU. */
	readonly mlp: 'gelu' | 'swiglu';
	/** How GELU is computed. */
	readonly gelu: CommonConfig['gelu'];
	/** Whether what each of the two parts adds is scaled, feature by feature. */
	readonly layerScale: boolean;
	/** Of its taps, the queries and keys that its scores are the products of: what follows the stem in their names. */
	readonly scored: readonly [query: string, key: string];
}

/** What can be said of a model's runs by its configuration alone. */
export interface Anatomy extends Places, Pick<CommonConfig, 'imageSize' | 'patchSize'> {
	/** Every intermediate, in the order in which it is computed. */
	readonly taps: readonly TapSpec[];
	/** Every parameter. */
	readonly parameters: readonly TapSpec[];
}

/**
 * A kind of network, as far as its configurations tell; `reader.ts` has what its files tell, and `network.ts` how it runs.
 * Each family is a folder, and `families.ts` lists them.
 */
export interface Family<C extends CommonConfig> {
	/**
	 * Every intermediate that the forward pass names, in the order in which it is computed. The batch axis is always 1:
	 * shapes are PyTorch's, so that a tap can be laid beside a recorded one.
	 */
	tapSpecs(config: C): TapSpec[];
	/**
	 * Every parameter, named (`parameters.…`) and shaped like a tap so that figures read both alike. A linear map is stored
	 * (in, out): `y = x W + b`.
	 */
	parameterSpecs(config: C): TapSpec[];
	places(config: C): Places;
	grid(config: C): TokenGrid;
	/** In the order of the model. */
	groups(config: C): readonly BlockGroup[];
	capabilities(config: C): readonly Capability[];
	/** All of them in order; none of a network whose blocks are others. */
	blocks(config: C): readonly TransformerBlock[];
	/** What tells a model from others of its kind, as words of a name: `12 blocks 3 heads 192 wide`. */
	sizes(config: C): readonly (string | number)[];
	picture(config: C): PictureVector;
	/** What bounds the size of the input beside the memory of all taps, if anything does. @throws PatchworkError `config` */
	checkSize?(config: C): void;
}
