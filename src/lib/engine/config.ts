/**
 * What a checkpoint is: every size the engine needs, read once from the checkpoint's own files (see
 * `checkpoint/read-config.ts`) and never assumed anywhere else.
 */
export interface ViTConfig {
	readonly family: 'vit';
	/** Height and width of the input, in pixels. */
	readonly imageSize: readonly [height: number, width: number];
	/** Side of a square patch, in pixels. */
	readonly patchSize: number;
	/** Colour channels of the input. */
	readonly channels: number;
	/** Number of encoder blocks. */
	readonly depth: number;
	/** Attention heads in each block. */
	readonly heads: number;
	/** Width of the residual stream. */
	readonly dim: number;
	/** Width of the feed-forward part's hidden layer. */
	readonly mlpDim: number;
	/** Whether query, key and value have a bias. */
	readonly qkvBias: boolean;
	readonly layerNormEps: number;
	/** Outputs of the head; 0 for a checkpoint without one. */
	readonly classes: number;
	readonly preprocess: PreprocessConfig;
}

/** The families that the engine runs. */
export type ModelConfig = ViTConfig;

/** How a photo becomes the model's input. */
export interface PreprocessConfig {
	/** Height and width of the input, in pixels. */
	readonly size: readonly [height: number, width: number];
	/** The shorter side is resized to `floor(size / cropPct)` before the centre crop (timm's `crop_pct`); in (0, 1]. */
	readonly cropPct: number;
	readonly interpolation: 'bicubic' | 'bilinear';
	/** `shorter` keeps the aspect and crops the centre; `squash` resizes both sides to `size`, as Hugging Face's ViT does. */
	readonly fit: 'shorter' | 'squash';
	/** Per channel, in units of [0, 1] intensity. */
	readonly mean: readonly [number, number, number];
	readonly std: readonly [number, number, number];
}

/** Rows and columns of the patch grid. */
export function patchGrid(config: ModelConfig): { rows: number; columns: number } {
	const [height, width] = config.imageSize;
	return { rows: height / config.patchSize, columns: width / config.patchSize };
}

/** Tokens that stand before the patches: the CLS token. */
export const PREFIX_TOKENS = 1;

/** All tokens of a run: the CLS token and one for each patch. */
export function tokenCount(config: ModelConfig): number {
	const { rows, columns } = patchGrid(config);
	return PREFIX_TOKENS + rows * columns;
}
