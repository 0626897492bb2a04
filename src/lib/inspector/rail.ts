import type { Stage } from '../marks/PipelineRail.svelte';
import type { Inspector } from './inspector.svelte';

/** The stops of the pipeline rail, in the order of the model, with thumbnails of what is shown. */
export function railStages(inspector: Inspector): Stage[] {
	const { view, session, library } = inspector;
	const { grid } = view;
	// Before the first run there are as many blocks as the model on its way will have, so that nothing jumps.
	const depth = session.shown?.attention.length ?? inspector.entry?.blocks ?? library.best().blocks;
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
