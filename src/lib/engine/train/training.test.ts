import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { rateAt } from './adam';
import type { Recipe, Teacher, TrainingOptions, TrainingState } from './contract';
import { initialParameters } from './initial';
import { taskPictures } from './pictures/tasks';
import { CNN, VIT } from './testing/plans';
import { startTraining } from './training';

const RECIPE: Recipe = {
	...{ seed: 3, batch: 8, steps: 40, rate: 3e-3, warmUp: 4, weightDecay: 0.01 },
	...{ mirror: true, shift: 1 }
};
const SIZES = { size: 8, seed: 1 } as const;

/** A task of as many classes as the test's networks have: where a bright square lies. */
const bars = (count: number, heldOut = false) => {
	const all = taskPictures('shape', { ...SIZES, count, heldOut });
	const classes = ['left', 'middle', 'right'];
	const at = (index: number) => {
		const { pixels } = all.at(index);
		const label = index % 3;
		return { label, pixels: pixels.map((value, i) => (Math.floor((i % 8) / 3) === label ? 1 : value / 4)) };
	};
	return { ...all, classes, mirrors: false, shifts: false, at };
};

const options = (plan: TrainingOptions['plan'], teacher?: Teacher): TrainingOptions => ({
	...{ plan, recipe: RECIPE, pictures: bars(60), heldOut: bars(30, true) },
	...(teacher && { teacher })
});

/** All numbers of a state, byte by byte. */
function digest({ parameters, means, squares, step }: TrainingState): string {
	const numbers = [parameters, means, squares].flatMap((values) => [...values.values()]);
	return `${step} ${numbers.map((own) => Buffer.from(own.buffer, own.byteOffset, own.byteLength).toString('base64')).join()}`;
}

async function steps(training: ReturnType<typeof startTraining>, count: number) {
	const reports = [];
	for (let i = 0; i < count; i++) reports.push(await training.step());
	return reports;
}

describe('a training on wasm', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it.each([
		['a ViT', { ...VIT, dropout: 0.1 }],
		['a CNN', CNN]
	] as const)('teaches %s what its pictures show, and leaves no tensor', async (_, plan) => {
		const before = tf.memory().numTensors;
		const training = startTraining({ ...options(plan), recipe: { ...RECIPE, steps: 120 } });
		const untaught = await training.evaluate();
		const reports = await steps(training, 120);
		const taught = await training.evaluate();
		expect(untaught.count).toBe(30);
		expect(taught.right).toBeGreaterThan(27);
		expect(taught.loss).toBeLessThan(untaught.loss);
		expect(taught.confusion.flat().reduce((a, b) => a + b)).toBe(30);
		expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: 120 }, (__, i) => i + 1));
		expect(tf.memory().numTensors).toBe(before);
	});
});

describe.each(['wasm', 'cpu'] as const)('a training on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it('is the same to the bit with the same seed, and goes on from what was kept to the bit', async () => {
		const plan = { ...VIT, dropout: 0.2 };
		const [one, other] = [startTraining(options(plan)), startTraining(options(plan))];
		await steps(one, 6);
		await steps(other, 3);
		const kept = structuredClone(other.save());
		// What goes on by itself does not move what was kept.
		await steps(other, 1);
		const resumed = startTraining(options(plan), kept);
		await resumed.evaluate(4);
		await steps(resumed, 3);
		expect(resumed.steps).toBe(6);
		expect(digest(resumed.save())).toBe(digest(one.save()));
		const others = startTraining({ ...options(plan), recipe: { ...RECIPE, seed: 4 } });
		await steps(others, 6);
		expect(digest(others.save())).not.toBe(digest(one.save()));
	});
});

describe('a training', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it('leaves no tensor over 500 steps', async () => {
		const training = startTraining(options({ ...VIT, dim: 4 }));
		await steps(training, 2);
		const before = tf.memory();
		await steps(training, 500);
		const after = tf.memory();
		expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
	});

	it('keeps positions that are switched off at zero', async () => {
		const training = startTraining(options({ ...VIT, positions: false }));
		await steps(training, 3);
		const { parameters } = training.save();
		expect([...(parameters.get('parameters.pos_embed') ?? [1])].every((value) => value === 0)).toBe(true);
	});

	it('lets a distillation token learn from what a teacher says', async () => {
		const teacher = { plan: CNN, parameters: initialParameters(CNN, 9) };
		// A teacher that always names the last class.
		teacher.parameters.get('parameters.classifier.bias')?.set([0, 0, 50]);
		const plan = { ...VIT, distilled: true };
		const training = startTraining(options(plan, teacher));
		await steps(training, 25);
		const bias = training.parameters().get('parameters.head_dist.bias') ?? new Float32Array();
		expect(bias[2]).toBeGreaterThan(0.02);
		const alone = startTraining(options(plan));
		await steps(alone, 25);
		expect((alone.parameters().get('parameters.head_dist.bias') ?? [])[2]).toBeLessThan(bias[2] ?? NaN);
	});

	it('takes no step by numbers that are not finite, and keeps what was learned', async () => {
		const training = startTraining({ ...options(VIT), recipe: { ...RECIPE, rate: 1e30, warmUp: 0 } });
		await steps(training, 1);
		const kept = digest(training.save());
		await expect(steps(training, 3)).rejects.toThrow('The numbers grew beyond all bounds');
		expect(digest(training.save())).toBe(kept);
	});

	it('refuses pictures that its network does not fit, and a state of another network', () => {
		expect(() => startTraining({ ...options(VIT), heldOut: taskPictures('shape', { ...SIZES, count: 5 }) })).toThrow(
			'The network takes pictures of 8 px in 3 classes, and got 5 of 8 px in 4; make both alike.'
		);
		const state = startTraining(options(CNN)).save();
		expect(() => startTraining(options(VIT), state)).toThrow(
			'What was kept is of another network than this one; begin anew, or open the other.'
		);
	});
});

describe('the learning rate', () => {
	it('goes up in a line, down half a cosine to a hundredth, and stays there', () => {
		const recipe = { rate: 1, warmUp: 4, steps: 12 };
		const rates = [1, 2, 4, 8, 12, 20].map((step) => rateAt(step, recipe));
		const expected = [0.25, 0.5, 1, 0.505, 0.01, 0.01];
		for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[i] ?? NaN, 12);
	});
});
