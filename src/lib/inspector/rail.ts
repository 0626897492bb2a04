import { blockCount } from '../models/registry';
import type { Stage } from '../marks/PipelineRail.svelte';
import type { Shown } from '../state/shown';
import type { Prediction } from '../worker/protocol';
import type { Inspector } from './inspector.svelte';

type Size = { readonly rows: number; readonly columns: number };
type Drawn = CanvasImageSource | null;

/** What the stops of a rail show, in the order of the model; null for what is not there (yet). */
export interface Look {
	readonly photo: Drawn;
	readonly patches: Drawn;
	/** The length of each patch's embedding, on the model's grid. */
	readonly embeddings: Float32Array | null;
	readonly grid: Size;
	readonly blocks: readonly { readonly label: string; readonly values: Float32Array | null; readonly grid: Size }[];
	/** The likeliest classes, likeliest first; none of a model without a head, undefined before the first run. */
	readonly top: readonly Pick<Prediction, 'probability'>[] | undefined;
}

/** @param block counted from 0 */
export const blockLabel = (block: number): string => `Block ${block + 1}`;

/** The stops of the pipeline rail, in the order of the model, with thumbnails of what is shown. */
export function railStages(inspector: Inspector): Stage[] {
	const { session, library, swin, view } = inspector;
	if (swin.run) return swinRailStages(inspector, swin.run.shown);
	const { grid } = view;
	// Before the first run there are as many blocks as the model on its way will have, so that nothing jumps.
	const depth = session.shown?.attention.length ?? blockCount(inspector.entry ?? library.best());
	return stopsOf({
		photo: view.sharp,
		patches: view.patches,
		embeddings: session.shown?.embeddingNorms ?? null,
		grid,
		blocks: Array.from({ length: depth }, (_, i) => ({
			label: blockLabel(i),
			values: view.means[i] ?? null,
			grid
		})),
		top: session.shown?.result.top
	});
}

/** The stops of a model with windows: each block's map has the size of its stage. */
function swinRailStages({ swin }: Inspector, shown: Shown): Stage[] {
	return stopsOf({
		photo: shown.picture,
		patches: swin.patches,
		embeddings: shown.embeddingNorms,
		grid: shown.grid,
		blocks: (shown.windows ?? []).map(({ mean: { stage, block, layout } }, i) => ({
			label: `${stage + 1}.${block + 1}`,
			values: swin.means[i] ?? null,
			grid: layout.map
		})),
		top: shown.result.top
	});
}

/** The stops of a rail by what is known of a run. */
export function stopsOf({ photo, patches, embeddings, grid, blocks, top }: Look): Stage[] {
	const map = (values: Float32Array | null, { rows, columns }: Size) =>
		({ kind: 'map', values, rows, columns }) as const;
	return [
		{ id: 'photo', label: 'Photo', thumbnail: { kind: 'image', image: photo } },
		{ id: 'patches', label: 'Patches', thumbnail: { kind: 'image', image: patches } },
		{ id: 'embeddings', label: 'Embeddings', thumbnail: map(embeddings, grid) },
		...blocks.map(({ label, values, grid }, i) => ({ id: `block-${i}`, label, thumbnail: map(values, grid) })),
		{
			id: 'head',
			label: top?.length === 0 ? 'No head' : 'Prediction',
			thumbnail: { kind: 'bar', value: top?.[0]?.probability ?? null }
		}
	];
}
