import { describe, expect, it } from 'vitest';
import type { Attention } from '../analysis/attention';
import { domainFor, gridMaps, maximaOf, range, tokenMap } from './maps';
import {
	clsLabel,
	formatWeight,
	headName,
	littleNote,
	mapSentence,
	otherShare,
	othersName,
	scaleNote,
	tokenName,
	weightSentence
} from './words';

/** Two heads over CLS and a grid of 1 x 2 patches; every weight is unlike the others. */
const a: Attention = {
	data: Float32Array.from([
		...[0.1, 0.2, 0.7],
		...[0.3, 0.6, 0.1],
		...[0.25, 0.35, 0.4],
		...[0.5, 0.125, 0.375],
		...[0.05, 0.15, 0.8],
		...[0, 1, 0]
	]),
	heads: 2,
	tokens: 3,
	prefix: 1,
	cls: true,
	rows: 1,
	columns: 2,
	patchSize: 16
};
const grid = { rows: 1, columns: 2 };
const close = (values: Iterable<number>) => [...values].map((value) => Number(value.toFixed(6)));

const ofCls = (one: Attention, head: number) => tokenMap(one, head, 0, 'from').patches;

describe('token maps', () => {
	it("are the token's row without CLS, which is kept apart", () => {
		const { patches, cls } = tokenMap(a, 0, 1, 'from');
		expect(close(patches)).toEqual([0.6, 0.1]);
		expect(cls).toBeCloseTo(0.3);
	});

	it("are the token's column the other way round", () => {
		const { patches, cls } = tokenMap(a, 1, 2, 'to');
		expect(close(patches)).toEqual([0.8, 0]);
		expect(cls).toBeCloseTo(0.375);
	});

	it('come for every head of every block', () => {
		const maps = gridMaps([a, { ...a, heads: 1 }], ofCls);
		expect(maps.map((row) => row.map(({ block, head }) => [block, head]))).toEqual([
			[
				[0, 0],
				[0, 1]
			],
			[[1, 0]]
		]);
		expect(close(maps[0]?.[1]?.values ?? [])).toEqual([0.125, 0.375]);
	});
});

describe('scales', () => {
	const maxima = maximaOf(gridMaps([a], ofCls));

	it('reach up to the largest weight of the head, or of all heads', () => {
		expect(maxima.of.map(close)).toEqual([[0.7, 0.375]]);
		expect(maxima.all).toBeCloseTo(0.7);
		expect(domainFor('head', 0.375, maxima.all)).toEqual([0, 0.375]);
		expect(domainFor('shared', 0.375, maxima.all)[1]).toBeCloseTo(0.7);
	});

	it('have some extent also where everything is 0', () => {
		expect(domainFor('head', 0, 0)).toEqual([0, 1]);
	});

	it('of signed or shifted values reach from the least to the most', () => {
		expect(range(Float32Array.of(3, -1, 2))).toEqual([-1, 3]);
	});

	it('say what they are', () => {
		expect(scaleNote('shared', 0, grid)).toMatch(/all heads of all blocks/);
		expect(scaleNote('head', 0, grid)).toMatch(/^This head’s own scale/);
		expect(scaleNote('head', 'mean', grid)).toMatch(/^This map’s own scale/);
		expect(scaleNote('head', 0, grid)).toMatch(/largest weight on a patch \(CLS left out\)\.$/);
	});
});

describe('words', () => {
	it('name tokens and heads from 1, as the page counts', () => {
		expect([0, 1, 15, 196].map((token) => tokenName(token, { rows: 14, columns: 14 }))).toEqual([
			'CLS',
			'row 1, column 1',
			'row 2, column 1',
			'row 14, column 14'
		]);
		expect([headName(0), headName('mean')]).toEqual(['Head 1', 'Mean over heads']);
	});

	it.each([
		[0, '0'],
		[1, '1'],
		[0.012345, '0.0123'],
		[0.00012345, '0.000123'],
		[0.00001234, '1.2 · 10⁻⁵']
	])('write the weight %f as %s', (weight, text) => {
		expect(formatWeight(weight)).toBe(text);
	});

	it('say where a query looks most, and how much goes to CLS', () => {
		expect(mapSentence(0, tokenMap(a, 0, 0, 'from'), grid, 'from')).toBe(
			'CLS. Of the patches, most to row 1, column 2: 70 %; to CLS: 10 %'
		);
		expect(mapSentence(1, tokenMap(a, 0, 1, 'to'), grid, 'to')).toBe(
			'Row 1, column 1. Of the patches, most from row 1, column 1: 60 %; from CLS: 20 %'
		);
	});

	it('give the one weight between two tokens, in the direction in which it goes', () => {
		expect(weightSentence(1, 2, tokenMap(a, 0, 1, 'from'), grid, 'from')).toBe(
			'Row 1, column 1 attends to row 1, column 2: 10 %'
		);
		expect(weightSentence(1, 2, tokenMap(a, 0, 1, 'to'), grid, 'to')).toBe(
			'Row 1, column 2 attends to row 1, column 1: 35 %'
		);
		expect(weightSentence(1, 0, tokenMap(a, 0, 1, 'from'), grid, 'from')).toBe('Row 1, column 1 attends to CLS: 30 %');
	});

	it('say so where almost nothing goes to the patches', () => {
		const hidden = { patches: Float32Array.of(0.004, 0.005), cls: 0.991, prefix: Float32Array.of(0.991) };
		expect(littleNote(hidden, 'from')).toBe('Almost nothing goes to the patches: CLS gets 99.1 %.');
		expect(littleNote(hidden, 'to')).toBe('');
		expect(littleNote({ ...hidden, prefix: Float32Array.of(0.991, 0.0001, 0.0003) }, 'from')).toBe(
			'Almost nothing goes to the patches: CLS gets 99.1 % and the others before the patches 0.04 %.'
		);
		expect(littleNote({ ...hidden, patches: Float32Array.of(0.006, 0.005), cls: 0.989 }, 'from')).toBe('');
	});

	it('say what CLS gets, and what it gives to a patch or to itself', () => {
		expect(clsLabel('from', 3, grid)).toBe('Attention that goes to CLS');
		expect([clsLabel('to', 3, grid), clsLabel('to', 0, grid)]).toEqual(['CLS gives this patch', 'CLS gives itself']);
	});
});

describe('tokens beside CLS before the patches', () => {
	const named = { ...grid, prefix: ['CLS', 'Register 1'] };
	/** One head over CLS, a register and two patches. */
	const b: Attention = {
		...a,
		heads: 1,
		tokens: 4,
		prefix: 2,
		data: Float32Array.from([0.1, 0.2, 0.3, 0.4, 0.25, 0.5, 0.125, 0.125, 0.4, 0.3, 0.2, 0.1, 0.7, 0.1, 0.1, 0.1])
	};

	it('are named, and their weights are their own', () => {
		const map = tokenMap(b, 0, 0, 'from');
		expect([...map.patches].map((weight) => weight.toFixed(1))).toEqual(['0.3', '0.4']);
		const sentence = mapSentence(1, tokenMap(b, 0, 1, 'from'), named, 'from');
		expect(sentence).toMatch(/^Register 1\. Of the patches, most to row 1, column 1: 12\.5 %/);
		expect(weightSentence(0, 1, map, named, 'from')).toBe('CLS attends to Register 1: 20 %');
		expect(weightSentence(0, 3, map, named, 'from')).toBe('CLS attends to row 1, column 2: 40 %');
		expect(otherShare(map)).toBeCloseTo(0.2, 6);
	});

	it('have a name together', () => {
		const name = (...others: string[]) => othersName({ ...grid, prefix: ['CLS', ...others] });
		expect([name(), name('Register 1'), name('Register 1', 'Register 2')]).toEqual([
			null,
			'the register',
			'the 2 registers'
		]);
		expect(name('Distillation')).toBe('the distillation token');
		expect(clsLabel('to', 1, named)).toBe('CLS gives this token');
	});
});

describe('a model without CLS', () => {
	const bare = { rows: 1, columns: 2, prefix: [] };
	const named = { ...bare, prefix: ['Register 1'] };
	/** One head over two patches and nothing else. */
	const two: Attention = {
		...a,
		...{ heads: 1, tokens: 2, prefix: 0, cls: false },
		data: Float32Array.from([0.25, 0.75, 0.5, 0.5])
	};
	/** One head over a register and two patches. */
	const three: Attention = { ...a, heads: 1, cls: false };

	it('has a first token that is a patch, of which nothing is said as of CLS', () => {
		const map = tokenMap(two, 0, 0, 'from');
		expect([map.cls, map.prefix.length, ...map.patches]).toEqual([null, 0, 0.25, 0.75]);
		expect(mapSentence(0, map, bare, 'from')).toBe('Row 1, column 1. Of the patches, most to row 1, column 2: 75 %');
		expect(weightSentence(0, 1, map, bare, 'from')).toBe('Row 1, column 1 attends to row 1, column 2: 75 %');
		expect([othersName(bare), otherShare(map), littleNote(map, 'from')]).toEqual([null, 0, '']);
		expect(scaleNote('head', 0, bare)).toMatch(/largest weight on a patch\.$/);
	});

	it('may have a register, which stands for none', () => {
		const map = tokenMap(three, 0, 1, 'from');
		expect([map.cls, othersName(named)]).toEqual([null, 'the register']);
		expect(otherShare(map)).toBeCloseTo(0.3, 6);
		expect(mapSentence(0, map, named, 'from')).toBe('Register 1. Of the patches, most to row 1, column 1: 60 %');
		expect(scaleNote('head', 0, named)).toMatch(/on a patch \(the register left out\)\.$/);
		const hidden = { patches: Float32Array.of(0.004, 0.005), cls: null, prefix: Float32Array.of(0.991) };
		expect(littleNote(hidden, 'from')).toBe('Almost nothing goes to the patches: the token before them gets 99.1 %.');
	});
});
