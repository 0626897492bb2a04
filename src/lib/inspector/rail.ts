import { blockCount } from '../models/registry';
import type { Stage } from '../marks/PipelineRail.svelte';
import type { Shown } from '../state/shown';
import type { Inspector } from './inspector.svelte';

/** The stops of the pipeline rail, in the order of the model, with thumbnails of what is shown. */
export function railStages(inspector: Inspector): Stage[] {
	const { session, library, swin } = inspector;
	if (swin.run) return swinRailStages(inspector, swin.run.shown);
	const { view } = inspector;
	const { grid } = view;
	// Before the first run there are as many blocks as the model on its way will have, so that nothing jumps.
	const depth = session.shown?.attention.length ?? blockCount(inspector.entry ?? library.best());
	const blocks = Array.from({ length: depth }, (_, i): Stage => ({
		id: `block-${i}`,
		label: `Block ${i + 1}`,
		thumbnail: { kind: 'map', values: view.means[i] ?? null, ...grid }
	}));
	return [
		{ id: 'photo', label: 'Photo', thumbnail: { kind: 'image', image: view.sharp } },
		{ id: 'patches', label: 'Patches', thumbnail: { kind: 'image', image: view.patches } },
		{
			id: 'embeddings',
			label: 'Embeddings',
			thumbnail: { kind: 'map', values: session.shown?.embeddingNorms ?? null, ...grid }
		},
		...blocks,
		{
			id: 'head',
			label: 'Prediction',
			thumbnail: { kind: 'bar', value: session.shown?.result.top[0]?.probability ?? null }
		}
	];
}

/** The stops of a model with windows: each block's map has the size of its stage. */
function swinRailStages({ swin }: Inspector, shown: Shown): Stage[] {
	const blocks = (shown.windows ?? []).map(({ mean: { stage, block, layout } }, i): Stage => ({
		id: `block-${i}`,
		label: `${stage + 1}.${block + 1}`,
		thumbnail: { kind: 'map', values: swin.means[i] ?? null, ...layout.map }
	}));
	return [
		{ id: 'photo', label: 'Photo', thumbnail: { kind: 'image', image: shown.picture } },
		{ id: 'patches', label: 'Patches', thumbnail: { kind: 'image', image: swin.patches } },
		{
			id: 'embeddings',
			label: 'Embeddings',
			thumbnail: { kind: 'map', values: shown.embeddingNorms, ...shown.grid }
		},
		...blocks,
		{
			id: 'head',
			label: 'Prediction',
			thumbnail: { kind: 'bar', value: shown.result.top[0]?.probability ?? null }
		}
	];
}
