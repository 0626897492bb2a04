import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { KeptTaps } from './kept';

describe.each(['cpu', 'wasm'] as const)('what is kept of taps, on %s', (backend) => {
	it('is read as a copy, which the caller may change', async () => {
		await useNodeBackend(backend);
		const kept = new KeptTaps();
		const spec = { name: 'norm', shape: [2, 2], axes: ['token', 'channel'] };
		kept.note('norm', tf.tensor2d([1, 2, 3, 4], [2, 2]), null);

		const { data } = await kept.read(spec);
		data.fill(0);
		expect([...(await kept.read(spec)).data]).toEqual([1, 2, 3, 4]);
		expect(data.byteLength).toBe(data.buffer.byteLength);
		kept.dispose();
	});
});
