import type { Scores } from '../engine/scores';
import { DIVERGING } from '../marks/colour';
import { plainNumber } from '../marks/numbers';
import type { Stop, Thumbnail } from '../marks/rail';
import type { Said } from '../marks/scores';
import { blockCount } from '../models/registry';
import type { Shown } from '../run/shown';
import type { BlockStop, ModelView } from '../views/model-view';
import { STOP_NAMES } from '../views/words';
import type { App } from './app.svelte';

type Size = { readonly rows: number; readonly columns: number };
type Drawn = CanvasImageSource | null;

/** What the stops of a rail show, in the order of the model; null for what is not there (yet). */
export interface Look {
	readonly photo: Drawn;
	readonly patches: Drawn;
	/** The length of each patch's embedding, on the model's grid. */
	readonly embeddings: Float32Array | null;
	/** What these two are called. */
	readonly names?: ModelView['stopNames'];
	readonly grid: Size;
	readonly blocks: readonly BlockStop[];
	/** What the model says, and what its scores mean; undefined before the first run. */
	readonly answer: (Said & { readonly scores: Scores }) | undefined;
}

/** @param block counted from 0 */
export const blockLabel = (block: number): string => `Block ${block + 1}`;

/** The stops of the pipeline rail, in the order of the model, with thumbnails of what is shown. */
export function railStops({ session: { shown }, library, view, entry }: App): Stop[] {
	const { patchGrid: grid, sharp: photo, patches } = view;
	// Before the first run there are as many blocks as the model on its way will have, so that nothing jumps.
	const coming = () => Array.from({ length: blockCount(entry ?? library.best()) }, (_, i) => emptyBlock(i, grid));
	return stopsOf({
		photo,
		patches,
		names: view.stopNames,
		embeddings: shown?.embeddingNorms ?? null,
		grid,
		blocks: shown ? view.stops : coming(),
		answer: shown ? answerOf(shown) : undefined
	});
}

/** @param block counted from 0 */
const emptyBlock = (block: number, grid: Size): BlockStop => ({ label: blockLabel(block), values: null, grid });

const answerOf = ({ model, result: { top, vector } }: Shown) => ({ top, vector, scores: model.config.scores });

/** A bar of the likeliest class, or the first of the numbers, or the vector as stripes. */
function answerThumbnail({ top, vector, scores }: NonNullable<Look['answer']>): Thumbnail {
	if (vector) {
		const values = Float32Array.from(vector);
		const most = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
		return { kind: 'map', values, rows: 1, columns: values.length, domain: [-most, most], colourMap: DIVERGING };
	}
	const [first] = top;
	if (scores === 'number' && first) return { kind: 'text', text: plainNumber(first.score) };
	return { kind: 'bar', value: first?.score ?? null };
}

/** The stops of a rail by what is known of a run. */
export function stopsOf({ photo, patches, embeddings, names = STOP_NAMES, grid, blocks, answer }: Look): Stop[] {
	const map = (values: Float32Array | null, { rows, columns }: Size) =>
		({ kind: 'map', values, rows, columns }) as const;
	return [
		{ id: 'photo', label: 'Photo', thumbnail: { kind: 'image', image: photo } },
		{ id: 'patches', label: names.patches, thumbnail: { kind: 'image', image: patches } },
		{ id: 'embeddings', label: names.embeddings, thumbnail: map(embeddings, grid) },
		...blocks.map(({ label, values, grid }, i) => ({ id: `block-${i}`, label, thumbnail: map(values, grid) })),
		{
			id: 'head',
			label: answer?.vector ? 'No classifier' : 'Prediction',
			thumbnail: answer ? answerThumbnail(answer) : { kind: 'bar', value: null }
		}
	];
}
