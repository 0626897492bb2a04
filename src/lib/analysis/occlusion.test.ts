import { beforeAll, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { anatomyOf, tokenGridOf } from '../engine/families';
import { Model } from '../engine/model';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import { convPixels, mobileNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { hidesPixels, occlusions, overSquares, squaresOver } from './occlusion';

beforeAll(() => useNodeBackend('cpu'));

it('has squares of about 32 pixels, whatever the patches', () => {
	const grid = (side: number) => ({ rows: side, columns: side });
	expect(squaresOver({ patchSize: 16 }, grid(14))).toEqual({ rows: 7, columns: 7, each: 2 });
	expect(squaresOver({ patchSize: 32 }, grid(7))).toEqual({ rows: 7, columns: 7, each: 1 });
	expect(squaresOver({ patchSize: 14 }, grid(37))).toEqual({ rows: 19, columns: 19, each: 2 });
	expect(squaresOver({ patchSize: 4 }, grid(56))).toEqual({ rows: 7, columns: 7, each: 8 });
});

it('lays what was found over the patches of each square, the last of which may be smaller', () => {
	const grid = { rows: 2, columns: 3 };
	expect([...overSquares([7, 8], squaresOver({ patchSize: 16 }, grid), grid)]).toEqual([7, 7, 8, 7, 7, 8]);
});

it('says of which models no pixels can be hidden patch by patch', () => {
	expect(hidesPixels({ imageSize: [224, 224], patchSize: 32 })).toBe(true);
	expect(hidesPixels({ imageSize: [37, 50], patchSize: 32 })).toBe(false);
});

it.each([
	['a ViT', timmCheckpoint(), pixelValues()],
	['a CNN', mobileNetCheckpoint({}, [64, 96]), convPixels([64, 96])]
])('sets the pixels of each square to 0 in a run of %s, and no others', async (_, files, pixels) => {
	const model = Model.load(files);
	const grid = tokenGridOf(model.config);
	const squares = squaresOver(anatomyOf(model.config), grid);
	const edits = occlusions(squares, grid);
	const hidden = new Float32Array(pixels.length);
	for (const edit of edits) {
		const trace = await model.run(pixels, { edits: [edit] });
		const { data } = await trace.read('pixel_values');
		for (const [i, value] of data.entries()) {
			if (value === pixels[i]) continue;
			expect(value).toBe(0);
			hidden[i] = (hidden[i] ?? 0) + 1;
		}
		trace.dispose();
	}
	expect(edits).toHaveLength(squares.rows * squares.columns);
	expect(hidden.every((times, i) => times === (pixels[i] === 0 ? 0 : 1))).toBe(true);
	model.dispose();
});
