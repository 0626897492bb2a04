import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { parameterSpecs, tapSpecs } from '../families';
import { keepAsked } from '../keep';
import { runSteps } from '../run';
import { Trace } from '../trace';
import { batchOf } from './batches';
import type { NetworkPlan } from './contract';
import { grownNetwork } from './grown';
import { initialParameters } from './initial';
import { saidOf } from './pass';
import { taskPictures } from './pictures/tasks';
import { configOf } from './plans';
import { movedParameters, PLANS } from './testing/plans';

const pictures = taskPictures('shape', { count: 2, size: 8, seed: 4 });

/** A run of the engine's. */
async function logitsOf(plan: NetworkPlan, index: number): Promise<Float32Array> {
	const network = grownNetwork(plan, movedParameters(plan));
	const trace = new Trace(tapSpecs(network.config), keepAsked());
	const pixels = tf.tensor4d(pictures.at(index).pixels, [1, 3, 8, 8]);
	await runSteps(network.steps(new Map()), pixels, trace);
	expect(trace.names).toEqual(tapSpecs(network.config).map(({ name }) => name));
	const { data } = await trace.read('logits');
	for (const owner of [trace, network, pixels]) owner.dispose();
	return data;
}

describe.each(['wasm', 'cpu'] as const)('a network that was grown, on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(PLANS)('says of each picture what the batched pass says: %s', async (_, plan) => {
		const before = tf.memory().numTensors;
		const together = await saidOf(plan, movedParameters(plan), batchOf(pictures, [0, 1]));
		for (const index of [0, 1]) {
			const alone = await logitsOf(plan, index);
			expect(alone.length).toBe(plan.classes);
			for (const [i, logit] of alone.entries()) {
				expect(Math.abs(logit - (together[index * plan.classes + i] ?? NaN))).toBeLessThan(1e-5);
			}
		}
		expect(tf.memory().numTensors).toBe(before);
	});
});

describe('its parameters', () => {
	it.each(PLANS)('are those that the engine lists: %s', async (_, plan) => {
		await useNodeBackend('cpu');
		const network = grownNetwork(plan, initialParameters(plan, 1));
		const specs = parameterSpecs(configOf(plan));
		expect([...network.weights.keys()].sort()).toEqual(specs.map(({ name }) => name).sort());
		network.dispose();
	});

	it('are refused where one is missing, and leave nothing behind', async () => {
		const [[, plan] = expect.fail()] = PLANS;
		const before = tf.memory().numTensors;
		const parameters = new Map(initialParameters(plan, 1));
		parameters.delete('parameters.head.bias');
		expect(() => grownNetwork(plan, parameters)).toThrow(
			"What was learned lacks 'parameters.head.bias' as this network needs it; train it anew."
		);
		expect(tf.memory().numTensors).toBe(before);
	});
});
