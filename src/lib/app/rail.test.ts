import { describe, expect, it } from 'vitest';
import { stopsOf, type Look } from './rail';

const grid = { rows: 2, columns: 3 };
const look: Look = {
	photo: null,
	patches: null,
	embeddings: Float32Array.of(1, 2, 3, 4, 5, 6),
	grid,
	blocks: [
		{ label: 'Block 1', values: null, grid },
		{ label: 'Block 2', values: null, grid: { rows: 1, columns: 1 } }
	],
	answer: undefined
};

describe('the stops of a rail', () => {
	it('are in the order of the model, each block’s map of its own size', () => {
		const stops = stopsOf(look);
		expect(stops.map(({ id }) => id)).toEqual(['photo', 'patches', 'embeddings', 'block-0', 'block-1', 'head']);
		expect(stops[2]?.thumbnail).toEqual({ kind: 'map', values: look.embeddings, ...grid });
		expect(stops[4]).toMatchObject({ label: 'Block 2', thumbnail: { rows: 1, columns: 1 } });
	});

	it('end with the prediction, or say that there is no head', () => {
		const last = (answer: Look['answer']) => stopsOf({ ...look, answer }).at(-1);
		const top = [{ label: 'a', score: 0.4 }];
		expect(last(undefined)).toMatchObject({ label: 'Prediction', thumbnail: { value: null } });
		expect(last({ top, vector: null, scores: 'softmax' })).toMatchObject({ thumbnail: { value: 0.4 } });
		expect(last({ top, vector: null, scores: 'number' })).toMatchObject({ thumbnail: { text: '0.4' } });
		expect(last({ top: [], vector: [1, -3], scores: 'vector' })).toMatchObject({
			label: 'No classifier',
			thumbnail: { kind: 'map', rows: 1, columns: 2, domain: [-3, 3] }
		});
	});
});
