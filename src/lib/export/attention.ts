import { prefixOf } from '../marks/tokens';
import type { Shown } from '../state/shown';

/** What says what the arrays of an export are; it is written beside them. */
export interface ExportMeta {
	readonly model: string;
	readonly photo: string;
	/** Rows and columns of patches, and a patch's side in pixels of the model's input. */
	readonly grid: { readonly rows: number; readonly columns: number; readonly patchSize: number };
	/** What each index along the query and the key axis is. */
	readonly tokens: string;
	/** One name an axis of every array, in the shape's order. */
	readonly axes: readonly string[];
	/** From what the names of the arrays and the head axis count. */
	readonly counting: string;
	/** The region of the upright photo that the model saw, in that photo's pixels. */
	readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	readonly top: readonly { readonly index: number; readonly label: string; readonly probability: number }[];
}

/** One array of an export, under the name that the engine gives it. */
export interface NamedArray {
	readonly name: string;
	readonly shape: readonly number[];
	readonly axes: readonly string[];
	readonly data: Float32Array;
}

const AXES = ['batch', 'head', 'query', 'key'];

export function exportMeta({
	model,
	photo,
	result,
	grid
}: Pick<Shown, 'model' | 'photo' | 'result' | 'grid'>): ExportMeta {
	return {
		model: model.id,
		photo: photo.title,
		grid: { rows: grid.rows, columns: grid.columns, patchSize: model.config.patchSize },
		tokens: tokensInWords(prefixOf(grid)),
		axes: AXES,
		counting: 'blocks and heads are counted from 0 in this file, and from 1 on the page',
		crop: result.crop,
		top: result.top
	};
}

/** `0 is CLS; the patches follow from 1, row by row`. */
function tokensInWords(prefix: readonly string[]): string {
	const named = prefix.map((name, token) => `${token} is ${name}`).join(', ');
	return `${named}; the patches follow from ${prefix.length}, row by row`;
}

/** The attention of every block, after the softmax: `1 x heads x tokens x tokens`. */
export function attentionArrays({ attention }: Pick<Shown, 'attention'>): NamedArray[] {
	return attention.map(({ data, heads, tokens }, block) => ({
		name: `blocks.${block}.attn.weights`,
		shape: [1, heads, tokens, tokens],
		axes: AXES,
		data
	}));
}
