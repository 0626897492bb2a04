/** Helpers of the tests of models; nothing that is shipped imports this file. */
import { Model } from '../engine/model';
import { random } from '../engine/testing/checkpoint';
import type { OwnHead } from './head-tensors';
import type { ModelFiles } from './model-files';

/** All bytes of a model's weights, read as the engine reads them. Comparing 100,000 numbers one by one is slow. */
export async function bytesOf({ weights }: ModelFiles): Promise<Buffer> {
	const files = await weights.open();
	return Buffer.concat(files.map((file) => file.read(0, file.size)));
}

/** A head of three classes whose numbers mean nothing, for vectors of some width. */
export function madeUpHead(width: number): OwnHead {
	const next = random(2);
	const weight = Float32Array.from({ length: 3 * width }, next);
	return { weight, bias: Float32Array.of(0.5, -1, 0.25), labels: ['my cat', 'my neighbour’s cat', 'no cat'] };
}

/** What a head makes of a picture's vector, in plain loops. */
export function plainLogits({ weight, bias }: OwnHead, vector: Float32Array): number[] {
	const rowOf = (k: number) => weight.subarray(k * vector.length, (k + 1) * vector.length);
	return Array.from(bias, (offset, k) => rowOf(k).reduce((sum, one, i) => sum + one * (vector[i] ?? 0), offset));
}

/** The text of one of some files; empty where it is not among them. */
export async function textIn(files: readonly File[], name: string): Promise<string> {
	return (await files.find((file) => file.name === name)?.text()) ?? '';
}

/** A model put on the backend from its files. */
export async function modelOf(files: readonly File[]): Promise<Model> {
	const weights = await files.find(({ name }) => name === 'model.safetensors')?.arrayBuffer();
	const preprocessor = await textIn(files, 'preprocessor_config.json');
	return Model.load({
		config: JSON.parse(await textIn(files, 'config.json')) as unknown,
		preprocessor: preprocessor === '' ? null : (JSON.parse(preprocessor) as unknown),
		weights: weights ?? new ArrayBuffer()
	});
}
