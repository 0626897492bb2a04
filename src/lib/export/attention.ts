import { NAMES } from '../base/renames';
import type { ModelConfig } from '../engine/families';
import type { Scores } from '../engine/scores';
import { MEANINGS } from '../marks/scores';
import { prefixOf } from '../marks/tokens';
import type { Shown } from '../run/shown';

/** What says what the arrays of an export are; it is written beside them. */
export interface ExportMeta {
	/** The version of the names in the file, see `base/renames.ts`. */
	readonly names: number;
	readonly model: string;
	readonly photo: string;
	/** Rows and columns of patches, and a patch's side in pixels of the model's input. */
	readonly grid: { readonly rows: number; readonly columns: number; readonly patchSize: number };
	/** What each index along the window, the query and the key axis is. */
	readonly tokens: string;
	/** One name an axis of every array, in the shape's order. */
	readonly axes: readonly string[];
	/** From what the names of the arrays and the head axis count. */
	readonly counting: string;
	/** The region of the upright photo that the model saw, in that photo's pixels. */
	readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	/** The first of the model's outputs, as the page lists them; none of a model without a head. */
	readonly top: readonly { readonly index: number; readonly label: string; readonly score: number }[];
	/** What the scores of `top` are: the kind, and the same in words. */
	readonly scores: { readonly kind: Scores; readonly meaning: string };
}

/** One array of an export, under the name that the engine gives it. */
export interface NamedArray {
	readonly name: string;
	readonly shape: readonly number[];
	readonly axes: readonly string[];
	readonly data: Float32Array;
}

const AXES = ['batch', 'head', 'query', 'key'];
const WINDOW_AXES = ['window', 'head', 'query', 'key'];

export function exportMeta({
	model,
	photo,
	result,
	grid,
	windows
}: Pick<Shown, 'model' | 'photo' | 'result' | 'grid' | 'windows'>): ExportMeta {
	return {
		names: NAMES,
		model: model.id,
		photo: photo.title,
		grid: { rows: grid.rows, columns: grid.columns, patchSize: model.config.patchSize },
		tokens: windows ? windowsInWords(model.config) : tokensInWords(prefixOf(grid)),
		axes: windows ? WINDOW_AXES : AXES,
		counting: 'blocks and heads are counted from 0 in this file, and from 1 on the page',
		crop: result.crop,
		top: result.top,
		scores: { kind: model.config.scores, meaning: MEANINGS[model.config.scores] }
	};
}

/** A place is a token only after the shift is undone, so the file says how. */
function windowsInWords(config: ModelConfig): string {
	const filled = 'filled up to whole windows';
	const rolled = 'in every second block, where it is larger than a window, rolled up and to the left by half a window';
	const [first, then] = config.family === 'swin' && config.rules === 'timm' ? [rolled, filled] : [filled, rolled];
	return `windows, and the places in them, are counted row by row in the map of the block, after it was ${first}, and then ${then}`;
}

/** `0 is CLS; the patches follow from 1, row by row`, or `all are patches, row by row` of a model that has nothing else. */
function tokensInWords(prefix: readonly string[]): string {
	if (prefix.length === 0) return 'all are patches, row by row';
	const named = prefix.map((name, token) => `${token} is ${name}`).join(', ');
	return `${named}; the patches follow from ${prefix.length}, row by row`;
}

/**
 * The attention of every block, after the softmax: `1 x heads x tokens x tokens`, or `windows x heads x places x places`
 * of a model that attends in windows.
 */
export function attentionArrays({ attention, windows }: Pick<Shown, 'attention' | 'windows'>): NamedArray[] {
	const inWindows = (windows ?? []).map(({ heads: { data, heads, layout, stage, block } }) => ({
		name: `stages.${stage}.blocks.${block}.attn.pattern`,
		shape: [layout.count, heads, layout.area, layout.area],
		axes: WINDOW_AXES,
		data
	}));
	const whole = attention.map(({ data, heads, tokens }, block) => ({
		name: `blocks.${block}.attn.pattern`,
		shape: [1, heads, tokens, tokens],
		axes: AXES,
		data
	}));
	return [...inWindows, ...whole];
}
