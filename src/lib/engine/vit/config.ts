import { patchGrid, type CommonConfig } from '../config';
import type { Resampling } from '../positions';

/**
 * What a checkpoint is: every size the engine needs, read once from the checkpoint's own files (see
 * `read.ts`) and never assumed anywhere else. ViT, DeiT, DINO, DINOv2, DINOv3 and the image towers of CLIP and SigLIP are
 * all told by it.
 */
export interface ViTConfig extends CommonConfig {
	readonly family: 'vit';
	/** Number of encoder blocks. */
	readonly depth: number;
	/** Attention heads in each block. */
	readonly heads: number;
	/** Width of the residual stream. */
	readonly dim: number;
	/** Width of the feed-forward part's hidden layer; with a gate, of each of its halves. */
	readonly mlpDim: number;
	/** Whether the tokens pass a layer norm before the first block, as CLIP's do (Radford et al. 2021, arXiv 2103.00020). */
	readonly preNorm: boolean;
	/** Whether query, key and value have a bias; a model that has it for some of them only has zeros for the others. */
	readonly qkvBias: boolean;
	/** Whether a CLS token stands first. */
	readonly cls: boolean;
	/** Whether a distillation token follows CLS (Touvron et al. 2020, arXiv 2012.12877). */
	readonly distilled: boolean;
	/** Whether that token has a head of its own; the logits are then the mean of both heads'. */
	readonly distillationHead: boolean;
	/** Register tokens, after CLS where there is one (Darcet et al. 2023, arXiv 2309.16588). */
	readonly registers: number;
	/** Whether each branch is scaled, feature by feature, before it is added (Touvron et al. 2021, arXiv 2103.17239). */
	readonly layerScale: boolean;
	/** What the feed-forward part is: two layers around a GELU, or gated by a SiLU (Shazeer 2020, arXiv 2002.05202). */
	readonly mlp: 'gelu' | 'swiglu';
	/** What the head reads: CLS, the mean of the patches, both side by side, or what a learned query finds (`map`). */
	readonly pooling: 'cls' | 'mean' | 'cls+mean' | 'map';
	/** Hidden width of the feed-forward part behind the pooling by a learned query; 0 without such a pooling. */
	readonly poolMlpDim: number;
	/** Whether the last layer norm is of the tokens, or of what was pooled from them; a few models have none. */
	readonly finalNorm: 'tokens' | 'pooled' | 'none';
	/**
	 * How many numbers the picture's vector has that a last linear map makes of what was pooled, in the space that it
	 * shares with captions (CLIP); 0 without one.
	 */
	readonly projectionDim: number;
	/** Whether that map has a bias. */
	readonly projectionBias: boolean;
	readonly positions: PositionsConfig;
	/** Queries and keys are turned by the places of their patches; null where positions are learned and added. */
	readonly rotary: RotaryConfig | null;
	/** What its blocks do without. Only networks that were grown here to see what it is for say so; no library has such. */
	readonly without?: readonly LeftOut[];
}

/** The sums around a block's two parts, which leave only what the part gives; or the layer norms before them. */
export type LeftOut = 'residuals' | 'norms';

/** Rotary positions (Su et al. 2021, arXiv 2104.09864) on the patches' grid, see `rotary.ts`. */
export interface RotaryConfig {
	/** The slowest turn is about this many times slower than the fastest. */
	readonly base: number;
}

/**
 * The learned positions as the checkpoint has them; for another grid they are interpolated. With rotary positions nothing
 * is learned and nothing interpolated: the grid is then the one that the checkpoint is for.
 */
export interface PositionsConfig {
	/** Rows and columns of patches that they were learned for. */
	readonly grid: readonly [rows: number, columns: number];
	/** How many of the tokens before the patches have a position: the first ones. */
	readonly prefix: number;
	/** How the reference interpolates: bicubic with or without antialiasing, or bilinear (see `positions.ts`). */
	readonly resampling: Resampling;
}

/** What a plain ViT leaves out. */
export const PLAIN_VIT = {
	cls: true,
	scores: 'softmax',
	gelu: 'erf',
	distilled: false,
	distillationHead: false,
	registers: 0,
	layerScale: false,
	mlp: 'gelu',
	preNorm: false,
	pooling: 'cls',
	poolMlpDim: 0,
	finalNorm: 'tokens',
	projectionDim: 0,
	projectionBias: false,
	rotary: null
} as const satisfies Partial<ViTConfig>;

/** Whether the grid of patches is another than the one that the positions were learned for. */
export function isInterpolated(config: Pick<ViTConfig, 'imageSize' | 'patchSize' | 'positions' | 'rotary'>): boolean {
	const { rows, columns } = patchGrid(config);
	const [learnedRows, learnedColumns] = config.positions.grid;
	return !config.rotary && (learnedRows !== rows || learnedColumns !== columns);
}

/** Whether a model's blocks have what some are grown without. */
export const keeps = ({ without = [] }: Pick<ViTConfig, 'without'>, part: LeftOut): boolean => !without.includes(part);

type Prefix = Pick<ViTConfig, 'cls' | 'distilled' | 'registers'>;

/** Tokens that stand before the patches: CLS, the distillation token and the registers, in that order. */
export function prefixTokens({ cls, distilled, registers }: Prefix): number {
	return Number(cls) + Number(distilled) + registers;
}

/** Where the distillation token stands, in a model that has one: right after CLS, which is the first. */
export const DISTILLATION = 1;

/** What these tokens are called. */
export function prefixNames({ cls, distilled, registers }: Prefix): string[] {
	const numbered = Array.from({ length: registers }, (_, i) => `Register ${i + 1}`);
	return [...(cls ? ['CLS'] : []), ...(distilled ? ['Distillation'] : []), ...numbered];
}

/** The patch grid, with what the tokens before the patches are called: what gives every token a name and a place. */
export function tokenGrid(config: ViTConfig): { rows: number; columns: number; prefix: readonly string[] } {
	return { ...patchGrid(config), prefix: prefixNames(config) };
}

/** All tokens of a run: those before the patches and one for each patch. */
export function tokenCount(config: ViTConfig): number {
	const { rows, columns } = patchGrid(config);
	return prefixTokens(config) + rows * columns;
}

/** How many numbers the head reads. */
export function headInputs({ dim, pooling }: ViTConfig): number {
	return pooling === 'cls+mean' ? 2 * dim : dim;
}

/** Whether what the head reads is no row of the final tokens, and so is a tap of its own. */
export function isPooled({ pooling, finalNorm }: Pick<ViTConfig, 'pooling' | 'finalNorm'>): boolean {
	return pooling !== 'cls' || finalNorm === 'pooled';
}

/** Whether a learned query pools the patches (Zhai et al. 2021, arXiv 2106.04560, after Lee et al. 2018, arXiv 1810.00825). */
export const poolsByAttention = ({ pooling }: Pick<ViTConfig, 'pooling'>): boolean => pooling === 'map';

/** The tap that holds what the head reads, or would: one of its own, or the first row of the final tokens. */
export function headInputTap(config: Pick<ViTConfig, 'pooling' | 'finalNorm'>): 'pooled' | 'norm' {
	return isPooled(config) ? 'pooled' : 'norm';
}
