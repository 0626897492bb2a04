import { beforeAll, describe, expect, it } from 'vitest';
import { attentionOf, attentionDistance } from '../../analysis/attention';
import type { FigureRun } from '../figure';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { onPatches, onPicture, placeBeside, relativeDepth, shareOutside, spanned, squareAround, unitAt } from './field';
import { INSIDES } from './measured';
import { howMany, figure } from './figure';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

describe('the figure', () => {
	it('has a whole state without attributes, and refuses what it does not know', () => {
		expect(figure.parse({})).toEqual({ view: 'distance', block: 0, token: 'centre', place: 'same' });
		expect(figure.parse({ place: '17', token: '3' })).toMatchObject({ place: 17, token: 3 });
		expect(() => figure.parse({ place: '18' })).toThrow("'place' must be 17 at most, and is 18");
		expect(() => figure.parse({ place: '' })).toThrow("'place' must be same or a whole number");
		expect(() => figure.parse({ head: '3' })).toThrow("'head' is not an attribute");
	});

	it('reads all blocks for their distances and one for its map', () => {
		const all = ['blocks.0.attn.pattern', 'blocks.1.attn.pattern'];
		expect(figure.taps(made.config, figure.parse({}))).toEqual(all);
		expect(figure.taps(made.config, figure.parse({ view: 'field', block: 'last' }))).toEqual(all.slice(1));
	});

	it('answers the prediction with the distances of the first block', async () => {
		const verdict = await figure.reveals?.['far']?.answer({ model: { config: made.config } } as FigureRun, made.tap);
		const attention = attentionOf(made.tap('blocks.0.attn.pattern'), made.config);
		const distances = [0, 1, 2].map((head) => attentionDistance(attention, head));
		const reach = placeBeside(0, made.config).distance;
		const further = distances.filter((distance) => distance > reach).length;
		expect(verdict?.choice).toBe(howMany(distances, reach));
		expect(verdict?.sentence).toContain(`${further} of 3 heads look further`);
	});

	it('tells none, some and all apart', () => {
		expect([howMany([1, 2], 2), howMany([1, 3], 2), howMany([3, 4], 2)]).toEqual([0, 1, 2]);
	});
});

const SMALL = { depth: 12, imageSize: [224, 224] } as const;

describe('the same relative depth', () => {
	it('is told in pixels of the model in use', () => {
		const larger = placeBeside(11, { depth: 12, imageSize: [448, 448] });
		expect(larger.side).toBe(2 * placeBeside(11, SMALL).side);
		expect(larger.distance).toBe(2 * placeBeside(11, SMALL).distance);
	});

	it('counts the block itself as done', () => {
		expect(relativeDepth(0, { depth: 12 })).toBeCloseTo(1 / 12, 10);
		expect(placeBeside(11, SMALL)).toMatchObject({ title: 'The last layer', depth: 1, side: 491 });
		// 17 blocks and the last layer: a twelfth lies between the first and the second, as near to both.
		expect(placeBeside(0, SMALL).title).toBe('Stage 1, block 1');
	});
});

describe('the square on the patches', () => {
	// A made-up picture of 4 x 4 patches.
	const square = (token: number, patches: number) => squareAround(token, patches * made.config.patchSize, made.config);

	it('lies around the middle of the patch, and nowhere for CLS', () => {
		const side = made.config.patchSize;
		expect(square(6, 1)).toEqual({ x: side, y: side, width: side, height: side, covered: 1 / 16 });
		expect(square(0, 1)).toBeNull();
	});

	it('leaves a share of the attention outside', () => {
		const around = square(6, 3);
		if (!around) throw new Error('A patch has a place.');
		const even = new Float32Array(16).fill(0.01);
		expect(shareOutside(even, around, made.config)).toBeCloseTo(7 / 16, 6);
		const last = Float32Array.from({ length: 16 }, (_, patch) => (patch === 11 ? 0.3 : patch === 5 ? 0.1 : 0));
		expect(shareOutside(last, around, made.config)).toBeCloseTo(0.75, 6);
		expect(shareOutside(new Float32Array(16), around, made.config)).toBe(0);
	});
});

describe('a field on the picture', () => {
	const picture = { width: 200, height: 100 };

	it('is the square where that fits', () => {
		expect(onPicture({ x: 50, y: 50 }, 20, picture)).toEqual({ x: 40, y: 40, width: 20, height: 20, covered: 0.02 });
	});

	it('ends at the edges', () => {
		expect(onPicture({ x: 8, y: 92 }, 40, picture)).toEqual({ x: 0, y: 72, width: 28, height: 28, covered: 0.0392 });
		expect(onPicture({ x: 100, y: 50 }, 1000, picture)).toMatchObject({ width: 200, height: 100, covered: 1 });
	});

	it('is carried over to an input of another size', () => {
		const spans = { rows: [2, 5], columns: [0, 9] } as const;
		const square = spanned(spans, { imageSize: [10, 10] }, { imageSize: [20, 40] });
		expect(square).toEqual({ x: 0, y: 4, width: 40, height: 8, covered: 0.4 });
	});
});

describe('the CNN beside a patch', () => {
	it('has a unit near its middle', () => {
		const [grid, map] = [
			{ rows: 14, columns: 14 },
			{ rows: 7, columns: 7 }
		];
		expect(unitAt({ row: 0, column: 13 }, grid, map)).toBe(6);
		expect(unitAt({ row: 7, column: 6 }, grid, map)).toBe(3 * 7 + 3);
		expect(unitAt({ row: 1, column: 0 }, map, grid)).toBe(3 * 14 + 1);
	});

	it('uses shares of the patches', () => {
		// Two rows of four pixels, on a grid of one row and two columns.
		expect([...onPatches(Float32Array.of(1, 1, 0, 2, 0, 0, 4, 0), 4, { rows: 1, columns: 2 })]).toEqual([0.25, 0.75]);
		expect([...onPatches(new Float32Array(4), 2, { rows: 1, columns: 1 })]).toEqual([0]);
	});
});

describe('the record', () => {
	it('has all that the chapter speaks of', () => {
		const { photos, same, cnn, vit, cka, ends, occlusion, fields, shortcuts, distances, date } = INSIDES;
		expect(photos).toBe(250);
		expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(cka.map((row) => row.length)).toEqual(Array(cnn.length + vit.length).fill(cnn.length + vit.length));
		for (const [i, row] of cka.entries()) {
			expect(row[i]).toBe(1);
			for (const [j, value] of row.entries()) expect(value).toBe(cka[j]?.[i]);
		}
		for (const share of [same, ends]) expect(share > 0 && share < 1).toBe(true);
		expect(Math.abs(occlusion.correlation)).toBeLessThan(1);
		expect(fields.map(({ name }) => name)).toEqual([...cnn, 'head']);
		expect(distances.flat()).toHaveLength(36);
		expect([...shortcuts.cnn, ...shortcuts.vit].every(({ places }) => places > 0)).toBe(true);
	});
});
