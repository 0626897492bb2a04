import { beforeAll, describe, expect, it } from 'vitest';
import { attentionOf } from '../../analysis/attention';
import { subjectHead } from '../../analysis/subject-head';
import { tokenGrid } from '../../engine/vit/config';
import { weightPercent } from '../../marks/numbers';
import type { FigureRun } from '../figure';
import { madeUpRun, smallRun, type MadeUpRun } from '../kit/testing';
import { readFilm, figure } from './figure';
import { MOST, stageOf } from './draw';
import { boxOf, layoutOf } from './layout';
import { chosenFor, firstBlock, isOfAnother, openingOf, openingOfFirstBlock, remember, UNCHOSEN } from './opening';
import { sceneWords, halfOf, sumDifference } from './words';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

const runOf = (id = 'small', recorded = false): FigureRun => {
	const run = smallRun(made.config);
	return { ...run, recorded, model: { ...run.model, id } };
};

describe('the figure', () => {
	it('has a whole state without attributes, and refuses what it does not know', () => {
		const state = { view: 'film', stage: 'products', scene: 'ask', block: UNCHOSEN, head: 0, token: 'cls' };
		expect(figure.parse({})).toEqual(state);
		expect(() => figure.parse({ scene: 'end' })).toThrow("'scene' must be one of");
		expect(() => figure.parse({ key: '3' })).toThrow("'key' is not an attribute");
	});

	it('needs no model for its toy, and reads no tap', () => {
		expect(figure.needs?.(figure.parse({ view: 'toy' }))).toEqual([]);
		expect(figure.taps(made.config, figure.parse({ view: 'toy' }))).toEqual([]);
	});

	it('reads one block, and all patterns until a head is chosen', () => {
		const one = figure.taps(made.config, figure.parse({ block: '0' }));
		expect(one.every((name) => name.startsWith('blocks.0.'))).toBe(true);
		const all = figure.taps(made.config, figure.parse({}));
		expect(all).toEqual(expect.arrayContaining(['blocks.0.attn.pattern', 'blocks.1.attn.pattern', 'blocks.1.query']));
		for (const name of [...one, ...all]) expect(made.tap(name).name).toBe(name);
	});
});

describe('the head that it begins with', () => {
	const patterns = () => [0, 1].map((i) => attentionOf(made.tap(`blocks.${i}.attn.pattern`), made.config));

	it('looks at the subject most, of all before the last block', () => {
		const found = subjectHead(patterns(), 0);
		expect(openingOf(runOf(), made.tap)).toEqual({ block: 0, head: found.head, token: 'cls', found });
	});

	it('is block 7, head 2 of ViT-Tiny, counted from 1', () => {
		expect(openingOf(runOf('vit-tiny'), made.tap)).toMatchObject({ block: 6, head: 1, found: null });
	});

	it('is of the only block that is recorded in whole, where the run is', () => {
		expect([1, 2, 12, 24].map((depth) => firstBlock({ depth }))).toEqual([0, 1, 9, 18]);
		expect(openingOf(runOf('vit-tiny', true), made.tap).block).toBe(1);
		expect(openingOfFirstBlock(runOf(), made.tap)).toEqual(openingOf(runOf('small', true), made.tap));
	});

	it('is looked for anew on another photo, unless the reader chose', () => {
		const [one, other] = [runOf(), runOf()];
		const opening = openingOf(one, made.tap);
		expect(isOfAnother(one.seen, opening)).toBe(false);
		remember(one.seen, opening);
		expect(chosenFor(one.seen, opening)).toBe(opening);
		expect(chosenFor(one.seen, { block: opening.block, head: opening.head + 1 })).toBeNull();
		expect(isOfAnother(one.seen, opening)).toBe(false);
		expect(isOfAnother(other.seen, opening)).toBe(true);
		expect(isOfAnother(other.seen, { block: 1, head: 2 })).toBe(false);
	});
});

describe('its words', () => {
	it('have the run’s own numbers', () => {
		const film = readFilm(made.config, made.tap, { block: 1, head: 2 }, 5);
		const grid = tokenGrid(made.config);
		const words = sceneWords(film, { grid, block: 1, blocks: 2, head: 2, heads: 3 });
		expect(words.ask).toContain('The patch in row 2, column 1 asks, in head 3 of 3 of block 2 of 2.');
		expect(words.beams).toContain('those of 16 patches, and of CLS beside the photo');
		expect(words.root).toContain('√5 = 2.236');
		const weights = [...film.weights];
		const most = Math.max(...weights);
		expect(words.softmax).toContain(`The largest, ${weightPercent(most)}, goes to`);
		expect(words.softmax).toContain(` CLS gets ${weightPercent(weights[0] ?? NaN)}. `);
		expect(sumDifference(film)).toBeLessThan(1e-5);
		expect(words.sum).toContain('they add up to 5 numbers');
	});

	it('count how many keys hold half of the bar', () => {
		expect(halfOf({ order: [1, 0, 2], weights: Float32Array.of(0.25, 0.625, 0.125) })).toBe(1);
		expect(halfOf({ order: [1, 0, 2], weights: Float32Array.of(0.25, 0.375, 0.25) })).toBe(2);
	});
});

describe('the picture', () => {
	const GRIDS = [
		{ rows: 14, columns: 14, prefix: ['CLS'] },
		{ rows: 7, columns: 11, prefix: [] },
		{ rows: 1, columns: 1, prefix: ['CLS', 'Register 1', 'Register 2', 'Register 3', 'Register 4'] }
	];

	it.each(GRIDS.flatMap((grid) => [328, 600, 1100].map((width) => ({ ...grid, width }))))(
		'of $rows x $columns patches keeps everything inside $width pixels, and nothing over another',
		({ width, ...grid }) => {
			const layout = layoutOf(width, 400, grid);
			const boxes = [layout.photo, ...layout.tiles, layout.columns, layout.bar, layout.out];
			for (const [i, a] of boxes.entries()) {
				expect(Math.min(a.x, a.y, a.width, a.height)).toBeGreaterThanOrEqual(0);
				expect(a.x + a.width).toBeLessThanOrEqual(width + 1e-6);
				expect(a.y + a.height).toBeLessThanOrEqual(layout.height + 1e-6);
				for (const b of boxes.slice(i + 1)) {
					const apart =
						a.x + a.width <= b.x + 1e-6 ||
						b.x + b.width <= a.x + 1e-6 ||
						a.y + a.height <= b.y + 1e-6 ||
						b.y + b.height <= a.y + 1e-6;
					expect(apart).toBe(true);
				}
			}
			expect(boxOf(layout, grid.prefix.length)).toMatchObject({ x: layout.photo.x, y: layout.photo.y });
		}
	);

	it('draws no more beams than can be told apart, the strongest among them', () => {
		const film = readFilm(made.config, made.tap, { block: 1, head: 2 }, 5);
		const layout = layoutOf(600, 400, tokenGrid(made.config));
		const colours = { ink: '', quiet: '', rule: '', ground: '', paper: '', query: '', key: '', value: '', cls: '' };
		const picture = {} as ImageBitmap;
		const stage = stageOf({ film, layout, colours, picture, pictureSize: [1, 1] });
		expect(stage.drawn.length).toBe(Math.min(MOST, film.tokens));
		expect(stage.drawn.at(-1)).toBe(film.order[0]);
		expect(stage.largest).toBe(Math.max(...film.weights));
	});
});
