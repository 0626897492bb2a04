import { describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { Model, type CheckpointFiles } from '../engine/model';
import { pixelValues } from '../engine/testing/checkpoint';
import { headlessCheckpoint, scoredCheckpoint } from '../engine/testing/kinds';
import { answerOf, answerTap } from './answer';
import { topClasses } from './top-classes';

/** What a made-up model says of a made-up input, and all taps that this took. */
async function answer(files: CheckpointFiles, labels: readonly string[] | null = null) {
	await useNodeBackend('cpu');
	const model = Model.load(files);
	const tap = answerTap(model.config);
	const trace = await model.run(pixelValues(), { taps: (name) => name === tap || name === 'logits' });
	try {
		const said = answerOf(await trace.read(tap), { config: model.config, labels });
		const logits = trace.names.includes('logits') ? [...(await trace.read('logits')).data] : [];
		return { ...said, logits, tap };
	} finally {
		trace.dispose();
		model.dispose();
	}
}

describe('what a model says', () => {
	it('is the likeliest classes, each by itself where there are several labels', async () => {
		const { top, vector, logits } = await answer(scoredCheckpoint('multi_label_classification'));
		expect(vector).toBeNull();
		expect(top.map(({ score }) => score)).toEqual(top.map(({ score }) => score).sort((a, b) => b - a));
		for (const { index, score } of top) expect(score).toBeCloseTo(1 / (1 + Math.exp(-(logits[index] ?? NaN))), 5);
		expect(top.reduce((sum, { score }) => sum + score, 0)).not.toBeCloseTo(1, 2);
	});

	it('is a single output under its own name', async () => {
		const { top, logits } = await answer(scoredCheckpoint('single_label_classification', 1), ['tumour']);
		expect(top).toEqual([
			{ index: 0, label: 'tumour', score: expect.closeTo(1 / (1 + Math.exp(-(logits[0] ?? NaN))), 5) }
		]);
	});

	it('is a plain softmax of two outputs', async () => {
		const { top } = await answer(scoredCheckpoint('single_label_classification', 2));
		expect(top.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 6);
	});

	it('is the numbers of a regression, in the model’s order', async () => {
		const { top, logits, tap } = await answer(scoredCheckpoint('regression', 3));
		expect(tap).toBe('logits');
		expect(top.map(({ index, label, score }) => [index, label, score])).toEqual(
			logits.map((logit, i) => [i, `output ${i}`, logit])
		);
	});

	it('is a vector without a head', async () => {
		const { top, vector, tap } = await answer(headlessCheckpoint());
		expect([top, tap]).toEqual([[], 'norm']);
		expect(vector).toHaveLength(15);
	});
});

it('names what has no name by its number', () => {
	expect(topClasses(Float32Array.of(0.2, 0.8), 'softmax', []).map(({ label }) => label)).toEqual([
		'class 1',
		'class 0'
	]);
});
