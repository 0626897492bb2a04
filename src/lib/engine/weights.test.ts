import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { Model } from './model';
import type { TapData } from './taps';
import { fileOf, pixelValues, SIZES, timmCheckpoint, timmTensors } from './testing/checkpoint';
import { weightSpecs } from './weights';

/** Runs the made-up model, reads by name, and gives everything back. */
async function readAll(files = timmCheckpoint(), names?: readonly string[]): Promise<Map<string, TapData>> {
	const model = Model.load(files);
	const trace = await model.run(pixelValues());
	try {
		const wanted = names ?? [...weightSpecs(model.config).map(({ name }) => name), 'patches', 'patch_embed'];
		const read = await Promise.all(wanted.map((name) => model.read(trace, name)));
		return new Map(read.map((tap) => [tap.name, tap]));
	} finally {
		trace.dispose();
		model.dispose();
	}
}

const stored = (name: string) => timmTensors().find((tensor) => tensor.name === name)?.data ?? new Float32Array();

beforeAll(() => useNodeBackend('cpu'));

describe('the parameters by name', () => {
	it('are all of the model, each with the shape that it is listed with', async () => {
		const model = Model.load(timmCheckpoint());
		const specs = weightSpecs(model.config);
		const named = model.weights;
		expect(specs.map(({ name }) => name).sort()).toEqual([...named.keys()].sort());
		for (const { name, shape, axes } of specs) {
			expect(named.get(name)?.shape, name).toEqual(shape);
			expect(axes, name).toHaveLength(shape.length);
		}
		const sizes = specs.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
		expect(sizes.reduce((sum, size) => sum + size)).toBe(model.parameters);
		model.dispose();
	});

	it('are the values of the file', async () => {
		const read = await readAll();
		for (const [name, original] of [
			['weights.cls_token', 'cls_token'],
			['weights.pos_embed', 'pos_embed'],
			['weights.blocks.1.norm2.weight', 'blocks.1.norm2.weight'],
			['weights.blocks.0.qkv.bias', 'blocks.0.attn.qkv.bias'],
			['weights.norm.bias', 'norm.bias'],
			['weights.head.bias', 'head.bias']
		] as const) {
			expect(read.get(name)?.data, name).toEqual(stored(original));
		}
	});

	it('are stored (in, out): patches times the projection, plus its bias, is the embedding', async () => {
		const read = await readAll();
		const values = (name: string) => read.get(name)?.data ?? new Float32Array();
		const inputs = SIZES.channels * SIZES.patch ** 2;
		const [patch, feature] = [3, 4];
		const row = values('patches').subarray(patch * inputs, (patch + 1) * inputs);
		const weight = values('weights.patch_embed.weight');
		const sum = row.reduce((total, pixel, i) => total + pixel * (weight[i * SIZES.dim + feature] ?? NaN), 0);
		const bias = values('weights.patch_embed.bias')[feature] ?? NaN;
		expect(sum + bias).toBeCloseTo(values('patch_embed')[patch * SIZES.dim + feature] ?? NaN, 5);
	});

	it.each(['weights.blocks.2.proj.weight', 'weights.toString', 'weights', 'weights.blocks.0.qkv'])(
		'%s is not one of them',
		async (name) => {
			await expect(readAll(undefined, [name])).rejects.toMatchObject({ code: 'request' });
		}
	);

	it('of the head are absent without a head', async () => {
		const headless = fileOf(timmTensors().filter(({ name }) => !name.startsWith('head.')));
		const files = { ...timmCheckpoint(), weights: headless };
		await expect(readAll(files, ['weights.head.weight'])).rejects.toThrow("no tap named 'weights.head.weight'");
	});
});
