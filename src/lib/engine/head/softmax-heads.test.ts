import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { random } from '../testing/checkpoint';
import { trainHeads, type HeadsTask } from './softmax-heads';

const WIDTH = 6;
const CLASSES = 3;
const LABELS = Array.from({ length: 15 }, (_, i) => i % CLASSES);

/** Clouds around a place for each class, far from the origin, which overlap. */
function features(): Float32Array {
	const next = random(5);
	const middles = Array.from({ length: CLASSES * WIDTH }, () => 3 * next());
	return Float32Array.from({ length: LABELS.length * WIDTH }, (_, i) => {
		const label = LABELS[Math.floor(i / WIDTH)] ?? 0;
		return 20 + (middles[label * WIDTH + (i % WIDTH)] ?? 0) + 2 * next();
	});
}

const all = Uint8Array.from(LABELS, () => 1);
const without = (photo: number) => all.map((_, i) => Number(i !== photo));
const task = (learns = [all]): HeadsTask => {
	return { features: features(), width: WIDTH, labels: LABELS, classes: CLASSES, learns, l2: 0.01 };
};

const softmax = (logits: readonly number[]) => {
	const powers = logits.map((one) => Math.exp(one - Math.max(...logits)));
	const sum = powers.reduce((total, one) => total + one, 0);
	return powers.map((one) => one / sum);
};

/** The slope of the penalised loss, in plain loops over the features as they are: it shares nothing with the product. */
function slope(
	{ features, labels, l2 }: HeadsTask,
	learns: Uint8Array,
	weight: ArrayLike<number>,
	bias: ArrayLike<number>
) {
	const rows = labels.map((_, photo) => Array.from(features.subarray(photo * WIDTH, (photo + 1) * WIDTH)));
	const mean = Array.from({ length: WIDTH }, (_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0) / rows.length, 0));
	const square = rows
		.flatMap((row) => row.map((one, i) => (one - (mean[i] ?? 0)) ** 2))
		.reduce((sum, one) => sum + one, 0);
	// One scale for all features is what the penalty is measured in.
	const penalty = (l2 * square) / rows.length;
	const count = learns.reduce((sum, one) => sum + one, 0);
	const slopes = { weight: Array.from(weight, (one) => penalty * one), bias: [0, 0, 0] };
	rows.forEach((row, photo) => {
		if (!learns[photo]) return;
		const logits = [0, 1, 2].map((k) =>
			row.reduce((sum, one, i) => sum + one * (weight[k * WIDTH + i] ?? 0), bias[k] ?? 0)
		);
		softmax(logits).forEach((share, k) => {
			const off = (share - Number(labels[photo] === k)) / count;
			slopes.bias[k] = (slopes.bias[k] ?? 0) + off;
			row.forEach((one, i) => (slopes.weight[k * WIDTH + i] = (slopes.weight[k * WIDTH + i] ?? 0) + off * one));
		});
	});
	return slopes;
}

describe('softmax layers', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it('end where the slope of their loss is flat, by plain loops', async () => {
		const asked = task();
		const { weight, bias, settled, steps } = await trainHeads(asked);
		const found = slope(asked, all, weight, bias);
		expect(settled).toBe(true);
		expect(steps).toBeLessThan(1000);
		expect(Math.max(...found.bias.map(Math.abs))).toBeLessThan(1e-3);
		// The features lie around 20: what is left of the bias's slope counts as often.
		expect(Math.max(...found.weight.map(Math.abs))).toBeLessThan(5e-3);
	});

	it('say of each photo what their weights say', async () => {
		const asked = task();
		const { weight, bias, probabilities } = await trainHeads(asked);
		const row = asked.features.subarray(4 * WIDTH, 5 * WIDTH);
		const logits = [0, 1, 2].map((k) =>
			row.reduce((sum, one, i) => sum + one * (weight[k * WIDTH + i] ?? 0), bias[k] ?? 0)
		);
		softmax(logits).forEach((share, k) => expect(probabilities[4 * CLASSES + k]).toBeCloseTo(share, 4));
	});

	it('learn nothing from photos that are held back: trained beside others, each is as if it were alone', async () => {
		const together = await trainHeads(task([all, without(3), without(7)]));
		const alone = await trainHeads(task([without(7)]));
		const size = LABELS.length * CLASSES;
		const third = together.probabilities.subarray(2 * size);
		third.forEach((share, i) => expect(share).toBeCloseTo(alone.probabilities[i] ?? NaN, 3));
		const first = together.probabilities.subarray(0, size);
		expect(Math.max(...first.map((share, i) => Math.abs(share - (third[i] ?? 0))))).toBeGreaterThan(0.01);
	});

	it('give the same to the bit each time', async () => {
		const [one, other] = [await trainHeads(task()), await trainHeads(task())];
		expect(one).toEqual(other);
	});

	it('leave no tensor behind, also where they are cancelled', async () => {
		const { numTensors } = tf.memory();
		await trainHeads(task());
		expect(tf.memory().numTensors).toBe(numTensors);
		const stop = () => {
			throw new Error('stopped');
		};
		await expect(trainHeads(task(), stop)).rejects.toThrow('stopped');
		expect(tf.memory().numTensors).toBe(numTensors);
	});

	it('stay at shares of one class each where all photos are alike', async () => {
		const same = { ...task(), features: new Float32Array(LABELS.length * WIDTH).fill(4) };
		const { probabilities, settled } = await trainHeads(same);
		expect(settled).toBe(true);
		for (const share of probabilities) expect(share).toBeCloseTo(1 / CLASSES, 4);
	});
});
