import { beforeAll, describe, expect, it } from 'vitest';
import { attentionOf, attentionDistance } from '../../analysis/attention';
import type { FigureRun } from '../figure';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { placeBeside, relativeDepth, shareOutside, squareAround } from './field';
import { howMany, figure } from './figure';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

describe('the figure', () => {
	it('has a whole state without attributes, and refuses what it does not know', () => {
		expect(figure.parse({})).toEqual({ view: 'distance', block: 0, token: 'centre', place: 'same' });
		expect(figure.parse({ place: '16', token: '3' })).toMatchObject({ place: 16, token: 3 });
		expect(() => figure.parse({ place: '17' })).toThrow("'place' must be 16 at most, and is 17");
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
		const radius = placeBeside(0, made.config).side / 2;
		const further = distances.filter((distance) => distance > radius).length;
		expect(verdict?.choice).toBe(howMany(distances, radius));
		expect(verdict?.sentence).toContain(`${further} of 3 heads look further`);
	});

	it('tells none, some and all apart', () => {
		expect([howMany([1, 2], 2), howMany([1, 3], 2), howMany([3, 4], 2)]).toEqual([0, 1, 2]);
	});
});

describe('the same relative depth', () => {
	it('counts the block itself as done', () => {
		expect(relativeDepth(0, { depth: 12 })).toBeCloseTo(1 / 12, 10);
		expect(placeBeside(11, { depth: 12 })).toMatchObject({ side: 483, depth: 1 });
		// Five of ResNet-50's 50 layers are the stem and the first block, eight the second as well: 1 / 12 is nearer to five.
		expect(placeBeside(0, { depth: 12 }).name).toBe('stage 1, block 1');
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
