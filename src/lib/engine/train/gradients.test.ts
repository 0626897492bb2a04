import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { batchOf } from './batches';
import type { NetworkPlan, ParameterValues } from './contract';
import { lossGradients, type Goals } from './gradients';
import { tensorsOf } from './grown';
import { passOf, valueOf } from './pass';
import { chanceOf } from './pictures/chance';
import { taskPictures } from './pictures/tasks';
import { learned } from './plans';
import { crossEntropy } from './said';
import { movedParameters, PLANS } from './testing/plans';

const PICTURES = 4;
/** A CNN's is so short that hardly a ReLU begins or ends to bend on it, which no gradient tells. */
const STEPS = { vit: 5e-4, cnn: 1e-4 } as const;

const batch = batchOf(taskPictures('shape', { count: PICTURES, size: 8, seed: 2 }), [0, 1, 2, 3]);
const LABELS = [0, 1, 2, 1];

/** The same features are left out each time. */
const dropoutOf = (plan: NetworkPlan) => (plan.kind === 'vit' ? { share: plan.dropout, chance: chanceOf(7) } : null);

function lossOf(plan: NetworkPlan, parameters: ParameterValues, goals: Goals): number {
	const logits = tf.tidy(() => {
		const tensors = tensorsOf(plan, parameters);
		const learner = { value: <T extends tf.Tensor>(name: string) => valueOf<T>(tensors, name), learn() {} };
		return passOf(plan, learner, batch, dropoutOf(plan)).logits.map((own) => own.dataSync<'float32'>());
	});
	const sum = logits.reduce((all, own, i) => all + crossEntropy(own, goals[i] ?? [], 3), 0);
	return sum / (goals.length * PICTURES);
}

/** The number with the largest gradient by itself, and all of them by chance, as a way of length 1. */
function waysOf(gradient: Float32Array): Float32Array[] {
	const magnitudes = gradient.map(Math.abs);
	const largest = magnitudes.indexOf(Math.max(...magnitudes));
	const chance = chanceOf(gradient.length);
	const signs = gradient.map(() => (chance.next() < 0.5 ? 1 : -1) / Math.sqrt(gradient.length));
	return [gradient.map((_, i) => Number(i === largest)), signs];
}

/** What the loss changes by on a way, for each unit of it. */
function slope(plan: NetworkPlan, parameters: ParameterValues, goals: Goals, name: string, way: Float32Array): number {
	const own = parameters.get(name) ?? expect.fail(name);
	const length = STEPS[plan.kind];
	const [more = NaN, less = NaN] = [length, -length].map((step) => {
		return lossOf(
			plan,
			new Map(parameters).set(
				name,
				own.map((value, i) => value + step * (way[i] ?? NaN))
			),
			goals
		);
	});
	return (more - less) / (2 * length);
}

describe.each(['wasm', 'cpu'] as const)('the gradient of the loss on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(PLANS)('by every parameter of %s is what finite differences say', async (_, plan) => {
		const goals = plan.kind === 'vit' && plan.distilled ? [LABELS, [2, 0, 1, 1]] : [LABELS];
		const before = tf.memory().numTensors;
		const parameters = movedParameters(plan);
		const { gradients } = await lossGradients(plan, parameters, batch, goals, dropoutOf(plan));
		expect([...gradients.keys()]).toEqual(learned(plan).map(({ name }) => name));
		const largest = Math.max(...[...gradients.values()].flatMap((values) => [...values].map(Math.abs)));
		for (const [name, own] of gradients) {
			for (const way of waysOf(own)) {
				const said = own.reduce((sum, value, i) => sum + value * (way[i] ?? NaN), 0);
				expect(Math.abs(slope(plan, parameters, goals, name, way) - said) / largest, name).toBeLessThan(1e-3);
			}
		}
		expect(tf.memory().numTensors).toBe(before);
	});
});
