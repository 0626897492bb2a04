import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { readSafetensors, toFloat32 } from '../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../src/lib/engine/model';
import { byTapName, difference, NOT_TAPS, worstRowSum } from './compare';
import { hasShared, SHARED, sharedBytes } from './recorded';

/** Each case: a checkpoint folder, what PyTorch made of it, and the backends it runs on (the real one takes long). */
const CASES = [
	{ folder: 'parity/vit-patch16', recording: 'parity/vit-patch16/expected.safetensors', backends: ['wasm', 'cpu'] },
	{
		folder: 'parity/vit-patch8-nobias',
		recording: 'parity/vit-patch8-nobias/expected.safetensors',
		backends: ['wasm', 'cpu']
	},
	{
		folder: 'models/vit-tiny',
		recording: 'parity/real-vit-tiny/n01622779_great_grey_owl.safetensors',
		backends: ['wasm', 'cpu']
	},
	{ folder: 'models/vit-tiny', recording: 'parity/real-vit-tiny/n02268853_damselfly.safetensors', backends: ['wasm'] }
] as const;

const RUNS = CASES.flatMap(({ backends, ...rest }) => backends.map((backend) => ({ ...rest, backend })));

describe.each(RUNS)('$recording on $backend', ({ folder, recording, backend }) => {
	const there = hasShared(folder) && hasShared(recording);
	beforeAll(() => useNodeBackend(backend));

	it.runIf(there)('gives every recorded tap within 1e-4 and rows of attention that sum to 1', async () => {
		const before = tf.memory().numTensors;
		const json = (name: string): unknown => JSON.parse(readFileSync(`${SHARED}${folder}/${name}`, 'utf8'));
		const preprocessor = hasShared(`${folder}/preprocessor_config.json`) ? json('preprocessor_config.json') : null;
		const weights = await sharedBytes(`${folder}/model.safetensors`);
		const model = Model.load({ config: json('config.json'), preprocessor, weights });
		const recorded = byTapName(readSafetensors(await sharedBytes(recording)));
		const pixels = recorded.get('pixel_values');
		const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
		for (const [name, truth] of recorded) {
			if (NOT_TAPS.includes(name)) continue;
			const { data, shape } = await trace.read(name);
			expect(shape, name).toEqual(truth.shape);
			expect(difference(truth, data), name).toBeLessThan(1e-4);
			if (name.endsWith('attn.weights')) expect(worstRowSum(data, shape.at(-1) ?? 0), name).toBeLessThan(1e-5);
		}
		expect([...recorded.keys()]).toContain('logits');
		trace.dispose();
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});
});
