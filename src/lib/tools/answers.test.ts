import { describe, expect, it } from 'vitest';
import { changedClasses } from './answers';
import { verdictOf } from './predict';

const names = ['a', 'b', 'c', 'd'];

describe('changedClasses', () => {
	const both = { before: Float32Array.of(0.6, 0.3, 0.1, 0), after: Float32Array.of(0.1, 0.2, 0, 0.7) };

	it('has those that come first before or after, once each, as they were before', () => {
		const rows = changedClasses(both, 'softmax', names, 2);
		expect(rows.map(({ label }) => label)).toEqual(['a', 'b', 'd']);
		expect(rows[2]).toMatchObject({ index: 3, before: 0, after: expect.closeTo(0.7, 6) });
	});

	it('leaves plain numbers in the model’s order', () => {
		expect(changedClasses(both, 'number', names, 3).map(({ label }) => label)).toEqual(['a', 'b', 'c']);
	});
});

describe('verdictOf', () => {
	const said = (index: number, score: number) => ({ index, label: names[index] ?? '', score });

	it('tells what came of it, whatever was expected', () => {
		expect(verdictOf('less', said(0, 0.6), said(0, 0.2))).toBe(
			'As you expected: it is still “a”, from 60.0 % to 20.0 %.'
		);
		expect(verdictOf('less', said(0, 0.6), said(3, 0.7))).toBe(
			'Not as you expected: the answer is now “d” with 70.0 %, and was “a”.'
		);
		expect(verdictOf('surer', said(0, 0.99931), said(0, 0.99952)), 'with the digits that the table has').toMatch(
			/from 99\.93 % to 99\.95 %\.$/
		);
		expect(verdictOf('surer', said(0, 0.6), said(0, 0.6))).toMatch(/^As you expected/);
		expect(verdictOf('surer', undefined, undefined)).toBeNull();
	});
});
