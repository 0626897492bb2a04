import { attentionOf, meanOverHeads, type Attention } from '../analysis/attention';
import { inTurn, slices } from '../base/slices';
import { meanOverWindowHeads, type WindowAttention } from '../analysis/window-attention';
import { patchGrid } from '../engine/config';
import { prefixTokens, tokenGrid, type ViTConfig } from '../engine/vit/config';
import type { ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { PatchworkError } from '../base/errors';
import type { Photo } from '../photo/photo';
import type { Grid } from '../marks/tokens';
import { weightsInWindows, windowTaps } from './shown-windows';
import type { RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { Engine } from './engine';

/** What the model is asked: a photo, and the region of it that the reader chose (null: the centre, as trained). */
export interface Question {
	readonly photo: Photo;
	readonly crop: Crop | null;
}

/** One finished run with all that the page draws from it. It is replaced as a whole, never in parts. */
export interface Shown extends Question {
	/** The model that ran. */
	readonly model: LoadedModel;
	readonly result: RunResult;
	/** The part of the photo that the model saw, for the eye: sharper than the model's input, and light. */
	readonly picture: Picture;
	/** One a block; none of a model that attends in windows. */
	readonly attention: readonly Attention[];
	/** One a block, through all stages, of a model that attends in windows; null of others. */
	readonly windows: readonly ShownWindows[] | null;
	/** Rows and columns of patches, and what the tokens before them are called. */
	readonly grid: Grid;
	/** The mean over the heads of each block; none of a model that attends in windows. */
	readonly means: readonly Attention[];
	/** Euclidean norm of each patch's embedding (with its position), row-major: rows * columns values. */
	readonly embeddingNorms: Float32Array;
}

/** The attention of one block in its windows, with its mean over the heads. */
export interface ShownWindows {
	readonly heads: WindowAttention;
	readonly mean: WindowAttention;
}

export type Picture = HTMLCanvasElement | ImageBitmap;

/** Makes a light picture of a part of a photo; what lies beyond the photo gets a colour. */
export type Cut = (photo: Photo, crop: Crop, beyond?: string) => Promise<Picture>;

/** The taps that {@link readShown} reads. */
export function tapsShown(config: ModelConfig): string[] {
	return ['embeddings', ...(config.family === 'swin' ? windowTaps(config) : blockTaps(config))];
}

const blockTaps = ({ depth }: ViTConfig) => Array.from({ length: depth }, (_, i) => `blocks.${i}.attn.pattern`);

/** What a model is fed beyond a photo, where its crop reaches there: the last corner of what it saw. */
function colourBeyond({ seen }: RunResult): string {
	const [red = 255, green = 255, blue = 255] = seen.data.subarray(-4);
	return `rgb(${red} ${green} ${blue})`;
}

/** Reads from the engine what the page shows of a run, by the config of the model that ran. */
export async function readShown(engine: Engine, question: Question, result: RunResult, cut: Cut): Promise<Shown> {
	const { model } = result;
	const { config } = model;
	const [taps, picture] = await Promise.all([
		engine.read(result.run, tapsShown(config)),
		cut(question.photo, result.crop, colourBeyond(result))
	]);
	const [embeddings, ...weights] = taps;
	if (!embeddings) throw new PatchworkError('request', 'The engine answered without the embeddings.');
	const common = { ...question, model, result, picture };
	if (config.family === 'swin') {
		const withMean = (heads: WindowAttention) => ({ heads, mean: meanOverWindowHeads(heads) });
		const windows = await inTurn(weightsInWindows(weights, config), withMean, slices());
		const grid = { ...patchGrid(config), prefix: [] };
		return { ...common, attention: [], windows, grid, means: [], embeddingNorms: patchNorms(embeddings, 0) };
	}
	const attention = weights.map((tap) => attentionOf(tap, config));
	return {
		...common,
		attention,
		windows: null,
		grid: tokenGrid(config),
		means: await inTurn(attention, meanOverHeads, slices()),
		embeddingNorms: patchNorms(embeddings, prefixTokens(config))
	};
}

/** Euclidean norm of each patch's row of a `1 x n x d` tap, without the `prefix` tokens before them. */
export function patchNorms({ data, shape }: Pick<TapData, 'data' | 'shape'>, prefix: number): Float32Array {
	const [, tokens = 0, dim = 0] = shape;
	const norms = new Float32Array(Math.max(0, tokens - prefix));
	for (let patch = 0; patch < norms.length; patch++) {
		const start = (patch + prefix) * dim;
		const squares = data.subarray(start, start + dim).reduce((sum, value) => sum + value * value, 0);
		norms[patch] = Math.sqrt(squares);
	}
	return norms;
}
