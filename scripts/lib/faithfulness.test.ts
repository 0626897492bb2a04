import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import { Model } from '../../src/lib/engine/model';
import { pixelValues, timmCheckpoint } from '../../src/lib/engine/testing/checkpoint';
import { swinCheckpoint, swinPixels } from '../../src/lib/engine/testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../../src/lib/engine/testing/variants';
import { MAPS, measurePhoto } from './faithfulness';

beforeAll(() => useNodeBackend('wasm'));

const withoutCls = VARIANTS.filter(({ pooling }) => pooling === 'mean').map(variantCheckpoint);

it.each([timmCheckpoint(), ...withoutCls])('measures every map, and leaves nothing behind', async (files) => {
	const model = Model.load(files);
	const before = tf.memory().numTensors;
	const measured = await measurePhoto(model, pixelValues(), 1);
	expect(Object.keys(measured)).toEqual([...MAPS]);
	for (const { deletion, insertion } of Object.values(measured)) {
		for (const area of [deletion, insertion]) expect(area).toBeGreaterThan(0);
		for (const area of [deletion, insertion]) expect(area).toBeLessThan(1);
	}
	expect(new Set(Object.values(measured).map(({ deletion }) => deletion)).size).toBeGreaterThan(2);
	expect(tf.memory().numTensors).toBe(before);
	model.dispose();
});

it('refuses a model whose tokens cannot be taken out', async () => {
	const model = Model.load(swinCheckpoint());
	await expect(measurePhoto(model, swinPixels(), 1)).rejects.toThrow('choose a ViT');
	model.dispose();
});
