import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from './backends/node';
import { planCheckpoint } from './checkpoint/plan';
import { readWeights } from './checkpoint/safetensors';
import { Model, type CheckpointFiles } from './model';
import { carryOut } from './networks';
import type { TapData } from './tap';
import { fileOf, pixelValues, SIZES, timmCheckpoint, timmTensors } from './testing/checkpoint';
import { PRUNED } from './testing/pruned';
import { anatomyOf, groupsOf, has, parameterSpecs, transformerBlocks } from './families';

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

/** What is made before the first step, or handed out beside the steps; turns are made before, and used in each. */
const BEFORE = /^(pixel_values|patches|patch_embed|patch_norm|pre_norm|embeddings|feature_maps|rotary\.(cos|sin)$)/;

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
		const left = names.filter((name) => !ofHead(name) && !ofStep(name) && !embedded.includes(`parameters.${name}`));
		for (const name of left) expect(name).toMatch(BEFORE);
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

describe('what is said of every kind of model', () => {
	const configOf = ({ config, preprocessor, weights }: CheckpointFiles) =>
		planCheckpoint(config, preprocessor, readWeights(weights)).config;

	it.each(PRUNED)('agrees with its taps and parameters: $name', ({ files }) => {
		const config = configOf(files);
		const { taps, parameters, prefix } = anatomyOf(config);
		const specs = new Map([...taps, ...parameters].map((spec) => [spec.name, spec]));
		expect(has(config, 'cls')).toBe(specs.has('parameters.cls_token'));
		expect(has(config, 'cls')).toBe(prefix.includes('cls'));
		expect(has(config, 'positions')).toBe(specs.has('parameters.pos_embed'));
		expect(has(config, 'projection')).toBe(specs.has('parameters.patch_embed.weight') && specs.has('patch_embed'));
		expect(has(config, 'blocks')).toBe(transformerBlocks(config).length > 0);
		expect(has(config, 'patterns')).toBe(specs.get('blocks.0.attn.pattern')?.axes[0] === 'batch');
		expect(has(config, 'windows')).toBe([...specs.values()].some(({ axes }) => axes[0] === 'window'));
		expect(has(config, 'sequence')).toBe(specs.has('blocks.0.out'));
		expect(has(config, 'patterns', 'windows')).toBe(false);
	});

	it.each(PRUNED)('of its blocks is what their taps are: $name', ({ files }) => {
		const config = configOf(files);
		const { taps, parameters, blocks, gridAt, prefix } = anatomyOf(config);
		const specs = new Map([...taps, ...parameters].map((spec) => [spec.name, spec]));
		const said = transformerBlocks(config);
		expect(said.map(({ stem }) => stem)).toEqual(blocks);
		for (const { stem, input, rows, columns, dim, mlpDim, mlp, layerScale, cell } of said) {
			const tokens = prefix.length + rows * columns;
			for (const name of [input, `${stem}.norm1`, `${stem}.attn.out`, `${stem}.residual1`, `${stem}.out`])
				expect(specs.get(name)?.shape, name).toEqual([1, tokens, dim]);
			const hidden = mlp === 'gelu' ? 'mlp.pre_gelu' : 'mlp.gate';
			expect(specs.get(`${stem}.${hidden}`)?.shape).toEqual([1, tokens, mlpDim]);
			expect(specs.has(`parameters.${stem}.layer_scale1`)).toBe(layerScale);
			expect({ rows, columns }).toEqual(gridAt(`${stem}.out`));
			expect([rows, columns]).toEqual(config.imageSize.map((side) => Math.ceil(side / cell)));
		}
		const groups = groupsOf(config).map(
			({ blocks: count }, stage) => said.filter((of) => of.stage === stage).length - count
		);
		expect(groups.every((difference) => difference === 0)).toBe(true);
	});
});
