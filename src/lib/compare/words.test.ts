import { describe, expect, it } from 'vitest';
import type { Scores } from '../engine/scores';
import { model } from '../run/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { scoresSentence } from './words';

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
