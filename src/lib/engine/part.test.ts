import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { Gathering, type Part } from './part';
import type { TapSpec } from './tap';

/** Two heads of three tokens; of five, the second and the fourth were taken out. */
const SPEC: TapSpec = {
	name: 'blocks.0.attn.pattern',
	shape: [1, 2, 3, 3],
	axes: ['batch', 'head', 'query', 'key'],
	tokens: [0, 2, 4]
};
const ALL = Array.from({ length: 18 }, (_, i) => i);

async function gathered(part: Part | null, readsAtOnce: boolean) {
	const gathering = new Gathering(SPEC, part, readsAtOnce);
	for (const head of [0, 1]) {
		expect(gathering.isWhole).toBe(false);
		tf.tidy(() => gathering.take(tf.tensor3d(ALL.slice(9 * head, 9 * head + 9), [1, 3, 3])));
	}
	expect(gathering.isWhole).toBe(true);
	const { data, shape } = await gathering.finish();
	gathering.dispose();
	return { data: [...data], shape };
}

describe.each([true, false])('a pattern from head after head, read at once: %s', (readsAtOnce) => {
	beforeAll(() => useNodeBackend('cpu'));

	it('is all of it, the lines of a token that is left, or the mean over the heads', async () => {
		const none = tf.memory().numTensors;
		expect(await gathered(null, readsAtOnce)).toEqual({ data: ALL, shape: [1, 2, 3, 3] });
		const lines = [3, 4, 5, 1, 4, 7, 12, 13, 14, 10, 13, 16];
		expect(await gathered({ lines: 2 }, readsAtOnce)).toEqual({ data: lines, shape: [1, 2, 2, 3] });
		const mean = ALL.slice(0, 9).map((value) => value + 4.5);
		expect(await gathered('mean', readsAtOnce)).toEqual({ data: mean, shape: [1, 1, 3, 3] });
		expect(tf.memory().numTensors).toBe(none);
	});

	it('has nothing but zeros for a token that was taken out', async () => {
		expect((await gathered({ lines: 3 }, readsAtOnce)).data).toEqual(Array(12).fill(0));
	});
});
