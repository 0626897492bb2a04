import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../../analysis/linear';
import { sum } from '../../analysis/vectors';
import { EVERY_KIND } from '../../engine/testing/kinds';
import { headRow } from '../attention/rows';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { figure, readFilm } from './figure';
import { blankFrame, filmOf, frameAt, type Film } from './film';
import { momentAt, SCENES, stepFrom, stillOf } from './scenes';

const AT = { block: 1, head: 2 };
const QUERY = 5;

let run: MadeUpRun;
let film: Film;
beforeAll(async () => {
	run = await madeUpRun();
	film = readFilm(run.config, run.tap, AT, QUERY);
});

const row = (name: string) => headRow(run.tap(`blocks.${AT.block}.${name}`), AT.head, QUERY);
const still = (scene: (typeof SCENES)[number]) => frameAt(film, stillOf(SCENES.indexOf(scene)));

/** Moments all through the film, those between two scenes among them. */
const MOMENTS = Array.from({ length: 61 }, (_, i) => i / 60);

describe('a frame’s numbers are those of the taps', () => {
	it('the columns are products when they have risen, and the recorded scores under the root', () => {
		const root = Math.sqrt(film.size);
		const scores = row('attn.scores');
		const products = Float64Array.from(scores, (score) => score * root);
		expect(largestDifference(still('scores').columns, products)).toBeLessThan(1e-5);
		expect(largestDifference(still('root').columns, scores)).toBeLessThan(1e-6);
		// They are drawn larger then, by as much as they were pressed.
		expect(still('root').zoom).toBeCloseTo(root, 12);
		expect(largestDifference(products, scores)).toBeGreaterThan(0.01);
	});

	it('the bar has the recorded weights for its parts, the largest first, and is full', () => {
		const { segments } = still('softmax');
		const weights = row('attn.pattern').slice().sort().reverse();
		expect(largestDifference(segments, weights)).toBeLessThan(1e-12);
		expect(sum(segments)).toBeCloseTo(1, 5);
	});

	it('what has come home in the end is the head’s output', () => {
		expect(largestDifference(frameAt(film, 1).sum, row('attn.head_out'))).toBeLessThan(1e-5);
	});

	it('every column is between its product and its score, in the same order, all the time', () => {
		const frame = blankFrame(film);
		const order = [...film.dots.keys()].sort((a, b) => (film.dots[a] ?? 0) - (film.dots[b] ?? 0));
		for (const t of MOMENTS) {
			const { columns } = frameAt(film, t, frame);
			for (const [i, token] of order.entries()) {
				const [product, shown] = [film.dots[token] ?? 0, columns[token] ?? NaN];
				expect(Math.abs(shown)).toBeLessThanOrEqual(Math.abs(product) + 1e-12);
				expect(Math.abs(shown)).toBeGreaterThanOrEqual(Math.abs(product) / Math.sqrt(film.size) - 1e-12);
				if (i > 0) expect(shown).toBeGreaterThanOrEqual((columns[order[i - 1] ?? 0] ?? NaN) - 1e-12);
			}
		}
	});

	it('the bar fills and never spills: no part is ever larger than its weight, nor smaller than it was', () => {
		const frame = blankFrame(film);
		let before = new Float64Array(film.tokens);
		for (const t of MOMENTS) {
			const { segments } = frameAt(film, t, frame);
			segments.forEach((part, i) => {
				expect(part).toBeGreaterThanOrEqual(before[i] ?? NaN);
				expect(part).toBeLessThanOrEqual(film.weights[film.order[i] ?? 0] ?? NaN);
			});
			before = segments.slice();
			const { scene } = momentAt(t);
			if (scene < SCENES.indexOf('softmax')) expect(sum(segments)).toBe(0);
			if (scene > SCENES.indexOf('softmax')) expect(sum(segments)).toBeCloseTo(1, 5);
		}
	});

	it('the sum is at all times that of the values which have arrived', () => {
		const frame = blankFrame(film);
		const { size, order, weights, values } = film;
		for (const t of MOMENTS) {
			const { flown, sum: home } = frameAt(film, t, frame);
			if (![...flown].every((far) => far === 0 || far === 1)) continue;
			const plain = Float64Array.from({ length: size }, (_, f) =>
				order.reduce(
					(total, token, i) => total + (flown[i] === 1 ? (weights[token] ?? 0) * (values[token * size + f] ?? 0) : 0),
					0
				)
			);
			expect(largestDifference(home, plain)).toBeLessThan(1e-12);
		}
		expect(film.sumReach).toBeGreaterThanOrEqual(Math.max(...film.out.map(Math.abs)) - 1e-6);
	});
});

describe('going back and forth', () => {
	it('shows the same frame, whatever was written over before', () => {
		const used = blankFrame(film);
		for (const t of [1, 0.13, 0.62, 0.5, 0]) expect(frameAt(film, t, used)).toEqual(frameAt(film, t));
	});

	it('has a still at the end of each scene, to which one steps', () => {
		expect(SCENES.map((_, i) => momentAt(stillOf(i)))).toEqual(SCENES.map((_, scene) => ({ scene, share: 1 })));
		expect(momentAt(0)).toEqual({ scene: 0, share: 0 });
		expect(momentAt(-1)).toEqual(momentAt(0));
		expect(momentAt(2)).toEqual(momentAt(1));
		// Out of the middle of the third scene, and from end to end.
		expect([stepFrom(2.5 / 6, 1), stepFrom(2.5 / 6, -1)]).toEqual([stillOf(2), stillOf(1)]);
		expect([stepFrom(stillOf(2), 1), stepFrom(stillOf(2), -1)]).toEqual([stillOf(3), stillOf(1)]);
		expect([stepFrom(1, 1), stepFrom(stillOf(0), -1), stepFrom(0, -1)]).toEqual([1, stillOf(0), stillOf(0)]);
	});
});

describe('other kinds of models', () => {
	it.each(EVERY_KIND)('%s', async (_, files) => {
		const made = await madeUpRun((config) => figure.taps(config, figure.parse({ block: '1' })), files);
		const of = readFilm(made.config, made.tap, { block: 1, head: 1 }, 3);
		const { columns } = frameAt(of, stillOf(SCENES.indexOf('root')));
		const end = frameAt(of, 1);
		expect(largestDifference(columns, of.scores)).toBeLessThan(1e-4);
		expect(sum(end.segments)).toBeCloseTo(1, 5);
		expect(largestDifference(end.sum, of.out)).toBeLessThan(1e-4);
	});

	it('refuses rows that do not fit each other', () => {
		expect(() => filmOf({ ...film, keys: film.keys.subarray(1) })).toThrow(RangeError);
	});
});
