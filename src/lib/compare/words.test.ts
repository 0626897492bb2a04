import { describe, expect, it } from 'vitest';
import type { Scores } from '../engine/scores';
import { model } from '../run/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { missingSentence, queryLead, querySentence, scoresSentence } from './words';

/** A panel with a model of that kind. */
function panel(
	scores: Scores,
	{ id = 'a', classes = 3, vector = null as number[] | null, labels = ['a', 'b', 'c'] } = {}
) {
	const described = { ...model(id, { ...SMALL_CONFIG, scores, classes }), labels };
	return { shown: { model: described, result: { vector: vector && Float32Array.from(vector) } } };
}

describe('how two answers may be compared', () => {
	it('needs no word where both are shares among the same classes', () => {
		expect(scoresSentence('models', panel('softmax'), panel('softmax', { id: 'b' }))).toBeNull();
		expect(scoresSentence('photos', panel('softmax'), panel('softmax'))).toBeNull();
		expect(scoresSentence('models', panel('softmax'), { shown: null })).toBeNull();
		expect(scoresSentence('heads', panel('softmax'), panel('number'))).toBeNull();
	});

	it('is said where they differ in kind', () => {
		const sentence = scoresSentence('models', panel('softmax'), panel('sigmoid', { id: 'b' }));
		expect(sentence).toBe(
			'A gives a share of the whole for each of 3 classes; B gives a probability for each of 3 classes by itself. They can’t be laid side by side as one.'
		);
	});

	it('is said where the classes, the axes or the quantities are others', () => {
		const models = (scores: Scores, b = {}) =>
			scoresSentence('models', panel(scores), panel(scores, { id: 'b', ...b }));
		expect(models('softmax', { labels: ['a', 'b', 'd'] })).toContain('among its own classes, 3 in A and 3 in B');
		expect(models('softmax', { classes: 5 })).toContain('3 in A and 5 in B');
		expect(models('vector')).toContain('no axes in common');
		expect(models('number')).toContain('the same quantity');
	});

	it('is a cosine for the vectors of two photos', () => {
		const photos = scoresSentence('photos', panel('vector', { vector: [1, 0] }), panel('vector', { vector: [3, 4] }));
		expect(photos).toMatch(/^The cosine of the two vectors is 0\.600: /);
	});
});

describe('where two panels look from', () => {
	const grid = (side: number, prefix: string[] = []) => ({ rows: side, columns: side, prefix });
	/** A panel on a model that has CLS and attends, or that does neither. */
	const side = (name: 'A' | 'B', attends: boolean, token: number, missing: string | null = null) => ({
		...{ name, title: `Model ${name}`, shown: {}, hasQuery: missing === null, missing },
		view: {
			reach: attends ? 5 : null,
			token,
			grid: attends ? grid(2, ['CLS']) : grid(3),
			members: { many: 'channels' }
		}
	});
	const said = (a: ReturnType<typeof side>, b: ReturnType<typeof side>) => `${queryLead(a, b)} ${querySentence(a, b)}`;

	it('is said of both where both attend', () => {
		expect(said(side('A', true, 0), side('B', true, 0))).toBe('Both look from CLS');
		expect(said(side('A', true, 1), side('B', true, 2))).toBe(
			'Both look from row 1, column 1 in A, row 1, column 2 in B'
		);
	});

	it('is said of the one that attends alone', () => {
		expect(said(side('A', true, 0), side('B', false, 4, 'CLS'))).toBe('A looks from CLS');
		expect(said(side('A', false, 8), side('B', true, 4))).toBe(
			'B looks from row 2, column 2; in A this is row 3, column 3'
		);
		expect(missingSentence(side('B', false, 4, 'CLS'))).toBe(
			'Nothing in Model B attends: what its channels hold is the same wherever one looks from. It has no CLS token, so row 2, column 2 is marked.'
		);
		expect(missingSentence(side('B', false, 4))).toMatch(/wherever one looks from\.$/);
		expect(missingSentence(side('A', true, 1))).toBeNull();
	});

	it('is no look where neither attends', () => {
		expect(said(side('A', false, 4), side('B', false, 4))).toBe('Marked in both: row 2, column 2');
	});
});
