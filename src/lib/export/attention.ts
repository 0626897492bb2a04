import { NAMES } from '../base/renames';
import { isMade } from '../engine/edits/names';
import type { Scores } from '../engine/scores';
import { MEANINGS } from '../marks/scores';
import type { TapData } from '../engine/tap';
import { isUnread, type Shown } from '../run/shown';
import { viewFamilyOf } from '../views/families';
import type { NamedArray } from '../views/family';

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

export function exportMeta({
	model,
	photo,
	result,
	grid
}: Pick<Shown, 'model' | 'photo' | 'result' | 'grid'>): ExportMeta {
	const family = viewFamilyOf(model.config);
	return {
		names: NAMES,
		model: model.id,
		photo: photo.title,
		grid: { rows: grid.rows, columns: grid.columns, patchSize: model.config.patchSize },
		tokens: family.tokensInWords(model.config),
		axes: family.axes(),
		counting: 'blocks and heads are counted from 0 in this file, and from 1 on the page',
		crop: result.crop,
		top: result.top,
		scores: { kind: model.config.scores, meaning: MEANINGS[model.config.scores] }
	};
}

/**
 * The attention of every block, after the softmax: `1 x heads x tokens x tokens`, or `windows x heads x places x places`
 * of a model that attends in windows. Where the page does not hold them all, each is read when its turn comes.
 */
export async function* attentionArrays(
	{ model, layers, result }: Pick<Shown, 'model' | 'layers' | 'result'>,
	read: (names: readonly string[]) => Promise<TapData[]>
): AsyncGenerator<NamedArray> {
	const { config } = model;
	const family = viewFamilyOf(config);
	if (!isUnread({ layers })) return yield* family.arrays(layers, config);
	for (const [block, name] of family.layerTaps(config).entries()) {
		const taps = isMade(name, result.edits) ? await read([name]) : [undefined];
		const [heads] = family.patterns(taps, config);
		if (!heads) continue;
		// Its array goes by its place among the others, which are asked for nothing.
		const array = family.arrays(layers.with(block, { heads, mean: heads }), config)[block];
		if (array) yield array;
	}
}
