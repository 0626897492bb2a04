import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { halvesToFloats } from './checkpoint/half';
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

async function gathered(part: Part | null, readsAtOnce: boolean, atOnce = 3) {
	const gathering = new Gathering(SPEC, part, readsAtOnce);
	for (const head of [0, 1])
		for (let from = 0; from < 3; from += atOnce) {
			expect(gathering.isWhole).toBe(false);
			const values = ALL.slice(9 * head + 3 * from, 9 * head + 3 * Math.min(3, from + atOnce));
			tf.tidy(() => gathering.take(tf.tensor3d(values, [1, values.length / 3, 3])));
		}
	expect(gathering.isWhole).toBe(true);
	const { data, halves, shape } = await gathering.finish();
	gathering.dispose();
	if (halves) expect(data).toHaveLength(0);
	return { data: [...(halves ? halvesToFloats(halves) : data)], shape };
}

describe.each([
	[true, 3],
	[false, 3],
	[true, 2],
	[false, 2],
	[true, 1]
])('a pattern from some rows after the other, read at once: %s, %i at a time', (...how) => {
	beforeAll(() => useNodeBackend('cpu'));

	it('is all of it, the lines of a token that is left, or the mean over the heads', async () => {
		const none = tf.memory().numTensors;
		expect(await gathered(null, ...how)).toEqual({ data: ALL, shape: [1, 2, 3, 3] });
		const lines = [3, 4, 5, 1, 4, 7, 12, 13, 14, 10, 13, 16];
		expect(await gathered({ lines: 2 }, ...how)).toEqual({ data: lines, shape: [1, 2, 2, 3] });
		const mean = ALL.slice(0, 9).map((value) => value + 4.5);
		expect(await gathered('mean', ...how)).toEqual({ data: mean, shape: [1, 1, 3, 3] });
		expect(tf.memory().numTensors).toBe(none);
	});

	it('is had as halves, all of it and the mean', async () => {
		const none = tf.memory().numTensors;
		expect(await gathered({ halves: 'heads' }, ...how)).toEqual({ data: ALL, shape: [1, 2, 3, 3] });
		const mean = ALL.slice(0, 9).map((value) => value + 4.5);
		expect(await gathered({ halves: 'mean' }, ...how)).toEqual({ data: mean, shape: [1, 1, 3, 3] });
		expect(tf.memory().numTensors).toBe(none);
	});

	it('has nothing but zeros for a token that was taken out', async () => {
		expect((await gathered({ lines: 3 }, ...how)).data).toEqual(Array(12).fill(0));
	});
});
