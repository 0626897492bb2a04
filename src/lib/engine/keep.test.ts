import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { tapSpecs } from './families';
import { keepAsked, type KeepPolicy } from './keep';
import { Model } from './model';
import { timmCheckpoint } from './testing/checkpoint';
import { Trace } from './trace';

const KEEP_NONE: KeepPolicy = { fateOf: () => 'gone', large: 0 };

describe('what becomes of a tap', () => {
	beforeAll(() => useNodeBackend('cpu'));

	const specs = () => {
		const model = Model.load(timmCheckpoint());
		model.dispose();
		return tapSpecs(model.config);
	};

	it('is to be kept, where nothing else is asked for', () => {
		const trace = new Trace(specs());
		expect(new Set(specs().map(({ name }) => trace.fateOf(name)))).toEqual(new Set(['kept']));
		expect(trace.fateOf('blocks.9.out')).toBeNull();
	});

	it('is what its policy says, and a tap that goes is not held', async () => {
		const before = tf.memory().numTensors;
		const [asked, none] = [
			new Trace(
				specs(),
				keepAsked((name) => name === 'norm')
			),
			new Trace(specs(), KEEP_NONE)
		];
		const norm = tf.zeros<tf.Rank.R2>([17, 15]);
		for (const trace of [asked, none]) trace.tap('norm', norm);
		expect([asked.fateOf('norm'), asked.fateOf('embeddings'), none.fateOf('norm')]).toEqual(['kept', 'gone', 'gone']);
		expect((await asked.read('norm')).data).toHaveLength(17 * 15);
		await expect(none.read('norm')).rejects.toThrow("This run did not keep its tap 'norm'");
		none.release(norm);
		asked.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('is never to be forgotten by a family’s list', () => {
		const trace = new Trace(specs(), KEEP_NONE);
		expect(() => trace.tap('blocks.9.out', tf.scalar(1))).toThrow('does not list');
	});
});
