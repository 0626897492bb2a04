import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { gelu } from './gelu';

/** At 0.5, 1 and -2, as torch's `gelu` gives them, exactly and with `approximate="tanh"`. */
const INPUT = [0.5, 1, -2, 0, 12];
const KNOWN = {
	erf: [0.345731, 0.841345, -0.0455, 0, 12],
	tanh: [0.345714, 0.841192, -0.045402, 0, 12]
} as const;

describe.each(['cpu', 'wasm'] as const)('GELU on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(['erf', 'tanh'] as const)('by %s is what it is known to be, and leaves nothing behind', async (kind) => {
		const before = tf.memory().numTensors;
		const x = tf.tensor2d(INPUT, [1, INPUT.length]);
		const y = tf.tidy(() => gelu(x, kind));
		const found = await y.data();
		for (const [i, value] of KNOWN[kind].entries()) expect(found[i]).toBeCloseTo(value, 5);
		tf.dispose([x, y]);
		expect(tf.memory().numTensors).toBe(before);
	});
});
