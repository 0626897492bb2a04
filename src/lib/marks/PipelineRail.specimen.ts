import { attentionRow, COLUMNS, fixturePhoto, ripples, ROWS } from './fixtures';
import PipelineRail from './PipelineRail.svelte';
import type { Stop } from './rail';
import { specimensOf } from './specimen';

const size = { rows: ROWS, columns: COLUMNS };

function stops(current: string): Stop[] {
	const image = fixturePhoto(224);
	const all: Stop[] = [
		{ id: 'photo', label: 'Photo', thumbnail: { kind: 'image', image } },
		{ id: 'patches', label: 'Patches', thumbnail: { kind: 'image', image } },
		{ id: 'embeddings', label: 'Embeddings', thumbnail: { kind: 'map', values: ripples(), ...size } },
		...Array.from({ length: 6 }, (_, block): Stop => {
			const values = attentionRow(block, 1, 0).subarray(1);
			return { id: `block-${block}`, label: `Block ${block + 1}`, thumbnail: { kind: 'map', values, ...size } };
		}),
		{ id: 'head', label: 'Prediction', thumbnail: { kind: 'bar', value: 0.71 } }
	];
	return all.map((stop) => ({ ...stop, current: stop.id === current }));
}

export default specimensOf(PipelineRail, {
	name: '',
	note: 'Where we are in the model, and how to move.',
	wide: true,
	props: ({ colourMap, set }) => ({
		stops: stops('block-3'),
		onselect: (id) => set({ stops: stops(id) }),
		colourMap
	})
});
