import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { planCheckpoint } from './checkpoint/plan';
import { readWeights } from './checkpoint/safetensors';
import { Model } from './model';
import { carryOut } from './networks';
import type { TapData } from './tap';
import { fileOf, pixelValues, SIZES, timmCheckpoint, timmTensors } from './testing/checkpoint';
import { PRUNED } from './testing/pruned';
import { anatomyOf, parameterSpecs } from './families';

/** Runs the made-up model, reads by name, and gives everything back. */
async function readAll(files = timmCheckpoint(), names?: readonly string[]): Promise<Map<string, TapData>> {
	const model = Model.load(files);
	const trace = await model.run(pixelValues());
	try {
		const wanted = names ?? [...parameterSpecs(model.config).map(({ name }) => name), 'patches', 'patch_embed'];
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
		const specs = parameterSpecs(model.config);
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
			['parameters.cls_token', 'cls_token'],
			['parameters.pos_embed', 'pos_embed'],
			['parameters.blocks.1.norm2.weight', 'blocks.1.norm2.weight'],
			['parameters.blocks.0.qkv.bias', 'blocks.0.attn.qkv.bias'],
			['parameters.norm.bias', 'norm.bias'],
			['parameters.head.bias', 'head.bias']
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
		const weight = values('parameters.patch_embed.weight');
		const sum = row.reduce((total, pixel, i) => total + pixel * (weight[i * SIZES.dim + feature] ?? NaN), 0);
		const bias = values('parameters.patch_embed.bias')[feature] ?? NaN;
		expect(sum + bias).toBeCloseTo(values('patch_embed')[patch * SIZES.dim + feature] ?? NaN, 5);
	});

	it.each(['parameters.blocks.2.proj.weight', 'parameters.toString', 'weights', 'parameters.blocks.0.qkv'])(
		'%s is not one of them',
		async (name) => {
			await expect(readAll(undefined, [name])).rejects.toMatchObject({ code: 'request' });
		}
	);

	it('of the head are absent without a head', async () => {
		const headless = fileOf(timmTensors().filter(({ name }) => !name.startsWith('head.')));
		const files = { ...timmCheckpoint(), weights: headless };
		await expect(readAll(files, ['parameters.head.weight'])).rejects.toThrow("no tap named 'parameters.head.weight'");
	});
});

describe('the places of every kind of model', () => {
	it.each(PRUNED)('are those of its steps: $name', ({ files }) => {
		const stored = readWeights(files.weights);
		const network = carryOut(planCheckpoint(files.config, files.preprocessor, stored), stored);
		const { blocks, head, embedded, taps, parameters } = anatomyOf(network.config);
		const { middle } = network.steps(new Map());
		expect(blocks).toEqual(middle.filter(({ isBlock }) => isBlock).map(({ name }) => name));
		const ofHead = (name: string) => head.some((part) => name === part || name.startsWith(`${part}.`));
		const ofStep = (name: string) => middle.some((step) => name === step.name || name.startsWith(`${step.name}.`));
		const names = [...taps, ...parameters].map(({ name }) => name.replace(/^parameters\./, ''));
		expect(names.filter((name) => ofHead(name) && ofStep(name))).toEqual([]);
		// What is left is made before the first step, or handed out beside the steps.
		const left = names.filter((name) => !ofHead(name) && !ofStep(name) && !embedded.includes(`parameters.${name}`));
		for (const name of left)
			expect(name).toMatch(/^(pixel_values|patches|patch_embed|patch_norm|embeddings|feature_maps)/);
		network.dispose();
	});

	it.each(PRUNED)('have a token for each row: $name', ({ files }) => {
		const model = Model.load(files);
		const anatomy = anatomyOf(model.config);
		const { rows, columns } = anatomy.gridAt('embeddings');
		const all = Array.from({ length: anatomy.prefix.length + rows * columns }, (_, i) => i);
		const spec = (name: string) => anatomy.taps.find((one) => one.name === name) ?? expect.fail(name);
		expect(anatomy.tokensAt(spec('embeddings'), 1)).toEqual(all);
		expect(anatomy.tokensAt(spec('patches'), 1)).toEqual(all.slice(anatomy.prefix.length));
		model.dispose();
	});
});
