import { weightPercent } from '../../marks/numbers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FigureRun } from '../figure';
import { madeUpRun, type MadeUpRun } from '../kit/testing';
import { headRow } from './rows';
import { tokenOf } from '../kit/token-choice';
import { placeIn, figure, VIEWS, whereTo } from './figure';
import { firstProducts, num, tokenName } from './words';

let made: MadeUpRun;
beforeAll(async () => (made = await madeUpRun()));

describe('parse', () => {
	it('has a whole state without any attribute', () => {
		expect(figure.parse({})).toEqual({
			...{ view: 'project', block: 0, head: 0, token: 'centre', key: 'strongest' },
			...{ pick: 'query', part: 'query', feature: 0 }
		});
	});

	it('takes CLS and numbers for tokens', () => {
		expect(figure.parse({ token: 'cls', key: '7' })).toMatchObject({ token: 'cls', key: 7 });
	});

	it.each([
		[{ view: 'magic' }, /'view' must be one of/],
		[{ token: 'middle' }, /'token' must be/],
		[{ key: 'middle' }, /'key' must be/],
		[{ size: '3' }, /'size' is not an attribute/]
	])('refuses %o', (attributes, says) => {
		expect(() => figure.parse(attributes)).toThrow(says);
	});
});

describe('taps', () => {
	it.each(VIEWS)('of the view %s are there, in the block that the model has', (view) => {
		const names = figure.taps(made.config, { ...figure.parse({ block: 'last' }), view });
		expect(names.length).toBeGreaterThan(0);
		for (const name of names) expect(made.tap(name).name).toBe(name);
		expect(names.every((name) => name.includes(`blocks.${made.config.depth - 1}.`))).toBe(true);
	});

	it('leave out the bias of a model without one', () => {
		const names = figure.taps({ ...made.config, qkvBias: false }, figure.parse({}));
		expect(names).toContain('parameters.blocks.0.qkv.weight');
		expect(names).not.toContain('parameters.blocks.0.qkv.bias');
	});
});

describe('places', () => {
	it('finds the middle patch and clamps what a model lacks', () => {
		// A grid of 4 x 4: row 3, column 3, after CLS.
		expect(tokenOf(made.config, 'centre')).toBe(11);
		expect(tokenOf(made.config, 999)).toBe(16);
		expect(placeIn(made.config, { block: 99, head: 99 })).toEqual({ block: 1, head: 2, headSize: 5 });
	});

	it.each([
		[6, 6, 0],
		[6, 1, 1],
		[6, 7, 1],
		[6, 8, 2],
		[4, 5, 2],
		[6, 0, 3]
	])('from patch %i to token %i is choice %i', (query, key, choice) => {
		expect(whereTo(query, key, { rows: 4, columns: 4 })).toBe(choice);
	});

	it('is none of them for a register, and a patch for the first token of a model without CLS', () => {
		const grid = { rows: 4, columns: 4 };
		expect(whereTo(7, 1, { ...grid, prefix: ['CLS', 'Register 1'] })).toBeNull();
		expect(whereTo(7, 0, { ...grid, prefix: ['Register 1'] })).toBeNull();
		expect([5, 4, 0, 10].map((key) => whereTo(5, key, { ...grid, prefix: [] }))).toEqual([0, 1, 1, 1]);
		expect(whereTo(10, 0, { ...grid, prefix: [] })).toBe(2);
	});
});

describe('the prediction', () => {
	it('is answered by the largest weight of the middle patch in the first head', async () => {
		const { config, tap } = made;
		const reveal = figure.reveals?.['strongest'];
		const run = { model: { config } } as FigureRun;
		const verdict = await reveal?.answer(run, tap);
		const weights = [...headRow(tap('blocks.0.attn.pattern'), 0, 11)];
		const best = weights.indexOf(Math.max(...weights));
		expect(verdict?.choice).toBe(whereTo(11, best, { rows: 4, columns: 4 }));
		expect(verdict?.sentence).toContain(weightPercent(Math.max(...weights)));
		expect(reveal?.taps(config)).toEqual(['blocks.0.attn.pattern']);
	});
});

describe('words', () => {
	it('writes numbers with three digits and a true minus', () => {
		expect([0, 1.2345, -0.5, 123.456, -1234.5, 0.00012].map(num)).toEqual([
			'0',
			'1.23',
			'−0.500',
			'123.5',
			'−1235',
			'1.2 · 10⁻⁴'
		]);
	});

	it('writes out the first products', () => {
		expect(firstProducts([1, 2, 3], [4, -5, 6], 2)).toBe('1.00 × 4.00 + 2.00 × (−5.00)');
		expect(tokenName(6, { rows: 4, columns: 4 })).toBe('row 2, column 2');
	});
});
