import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Model, type CheckpointFiles } from '../model';
import { pixelValues, timmCheckpoint } from '../testing/checkpoint';
import { swinCheckpoint, swinPixels } from '../testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../testing/variants';
import { BACKENDS } from './names';
import { useNodeBackend } from './node';

/** The kernels of tfjs that a checkpoint's run goes through: in Node all there are, on the page what each backend lists. */
async function kernelsOf(files: CheckpointFiles, pixels: Float32Array): Promise<readonly string[]> {
	const model = Model.load(files);
	const { kernelNames } = await tf.profile(async () => {
		const trace = await model.run(pixels);
		trace.dispose();
		return [];
	});
	model.dispose();
	return kernelNames;
}

describe('the kernels of the forward pass', () => {
	let used: ReadonlySet<string>;
	beforeAll(async () => {
		await useNodeBackend('cpu');
		const plain = [timmCheckpoint(), ...VARIANTS.map(variantCheckpoint)];
		const names = [await kernelsOf(swinCheckpoint(), swinPixels())];
		for (const files of plain) names.push(await kernelsOf(files, pixelValues()));
		used = new Set(names.flat());
	});

	it.each(BACKENDS)('are all there on %s', (backend) => {
		const source = readFileSync(new URL(`${backend}.ts`, import.meta.url), 'utf8');
		expect(used.size).toBeGreaterThan(8);
		const missing = [...used].filter((name) => !source.includes(`/dist/kernels/${name}'`));
		expect(missing).toEqual([]);
	});
});
