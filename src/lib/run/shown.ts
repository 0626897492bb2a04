import { attentionOf, meanOverHeads, type Attention } from '../analysis/attention';
import { inTurn, slices } from '../base/slices';
import { meanOverWindowHeads, type WindowAttention } from '../analysis/window-attention';
import { patchGrid } from '../engine/config';
import { prefixTokens, tokenGrid } from '../engine/vit/config';
import type { ModelConfig } from '../engine/families';
import type { Edit } from '../engine/edits/edit';
import { skips } from '../engine/edits/names';
import type { TapData } from '../engine/tap';
import { PatchworkError } from '../base/errors';
import type { Photo } from '../photo/photo';
import type { Grid } from '../marks/tokens';
import { weightsInWindows, windowTaps } from './shown-windows';
import type { RunResult } from '../worker/protocol';
import type { LoadedModel } from '../models/loaded-model';
import type { Crop } from '../engine/crop';
import type { Engine } from './engine';

/**
 * What the model is asked: a photo, the region of it that the reader chose (null: the centre, as trained), and what it is
 * to do otherwise than it does.
 */
export interface Question {
	readonly photo: Photo;
	readonly crop: Crop | null;
	readonly edits: readonly Edit[];
}

/**
 * One finished run with all that the page draws from it. It is replaced as a whole, never in parts. Where its edits took
 * tokens out or passed blocks by, what is drawn has its place all the same, with nothing but zeros in it.
 */
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

/** The patterns of all blocks, whether a run has them or not. */
function patternTaps(config: ModelConfig): string[] {
	if (config.family === 'swin') return windowTaps(config);
	return Array.from({ length: config.depth }, (_, i) => `blocks.${i}.attn.pattern`);
}

/** What stands for the pattern of a block that a run has passed by: no token is left in it. */
const PASSED_BY: TapData = {
	name: '',
	shape: [1, 0, 0, 0],
	axes: ['batch', 'head', 'query', 'key'],
	tokens: [],
	data: new Float32Array()
};

/** The taps that {@link readShown} reads of a run with these edits. */
export function tapsShown(config: ModelConfig, edits: readonly Edit[] = []): string[] {
	const isThere = (name: string) => !skips(edits, name.slice(0, name.indexOf('.attn.')));
	return ['embeddings', ...patternTaps(config).filter(isThere)];
}

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
		engine.read(result.run, tapsShown(config, result.edits)),
		cut(question.photo, result.crop, colourBeyond(result))
	]);
	const found = new Map(taps.map((tap) => [tap.name, tap]));
	const embeddings = found.get('embeddings');
	if (!embeddings) throw new PatchworkError('request', 'The engine answered without the embeddings.');
	const patterns = patternTaps(config).map((name) => found.get(name));
	const { rows, columns } = patchGrid(config);
	const normsAfter = (prefix: number) => patchNorms(embeddings, prefix, rows * columns);
	const common = { ...question, model, result, picture };
	if (config.family === 'swin') {
		const withMean = (heads: WindowAttention) => ({ heads, mean: meanOverWindowHeads(heads) });
		const windows = await inTurn(weightsInWindows(patterns, config), withMean, slices());
		const grid = { rows, columns, prefix: [] };
		return { ...common, attention: [], windows, grid, means: [], embeddingNorms: normsAfter(0) };
	}
	const attention = patterns.map((tap) => attentionOf(tap ?? PASSED_BY, config));
	return {
		...common,
		attention,
		windows: null,
		grid: tokenGrid(config),
		means: await inTurn(attention, meanOverHeads, slices()),
		embeddingNorms: normsAfter(prefixTokens(config))
	};
}

/**
 * Euclidean norm of each patch's row of a `1 x n x d` tap, without the `prefix` tokens before them; 0 of a patch that was
 * taken out.
 * @param patches how many there are with these
 */
export function patchNorms(
	{ data, shape, tokens: left }: Pick<TapData, 'data' | 'shape' | 'tokens'>,
	prefix: number,
	patches: number
): Float32Array {
	const [, rows = 0, dim = 0] = shape;
	const norms = new Float32Array(patches);
	for (let row = prefix; row < rows; row++) {
		const squares = data.subarray(row * dim, (row + 1) * dim).reduce((sum, value) => sum + value * value, 0);
		norms[(left?.[row] ?? row) - prefix] = Math.sqrt(squares);
	}
	return norms;
}
