import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { readSafetensors, type TensorToWrite } from '../checkpoint/safetensors';
import { asViT, tapSpecs, parameterSpecs } from '../families';
import { prefixNames, tokenCount } from './config';
import { Model, type CheckpointFiles } from '../model';
import { fileOf, pixelValues, SIZES, timmTensors } from '../testing/checkpoint';
import { referenceTaps } from '../testing/reference';
import { rulesOf, VARIANTS, variantCheckpoint, variantTensors, type Variant } from '../testing/variants';

/** Runs a checkpoint and holds all that it makes against the plain computation; leaves nothing behind. */
async function expectReference(files: CheckpointFiles, variant: Variant, timm: ArrayBuffer): Promise<void> {
	const before = tf.memory().numTensors;
	const model = Model.load(files);
	const trace = await model.run(pixelValues());
	const expected = referenceTaps(readSafetensors(timm), pixelValues(), variant.sizes, rulesOf(variant));
	const specs = tapSpecs(model.config);
	expect(trace.names.sort()).toEqual(specs.map(({ name }) => name).sort());
	expect([...expected.keys()].sort()).toEqual(trace.names.sort());
	for (const { name, shape } of specs) {
		const tap = await trace.read(name);
		const truth = expected.get(name) ?? [];
		const largest = Math.max(...truth.map(Math.abs));
		const difference = Math.max(...truth.map((value, i) => Math.abs(value - (tap.data[i] ?? NaN))));
		expect(tap.shape, name).toEqual(shape);
		expect(tap.data.length, name).toBe(truth.length);
		expect(difference / largest, name).toBeLessThan(1e-5);
	}
	trace.dispose();
	model.dispose();
	expect(tf.memory().numTensors).toBe(before);
}

/** timm's names and transformers' DINOv2's. */
const AS_DINO: readonly (readonly [RegExp, string])[] = [
	[/^(cls_token)$/, 'embeddings.$1'],
	[/^reg_token$/, 'embeddings.register_tokens'],
	[/^pos_embed$/, 'embeddings.position_embeddings'],
	[/^patch_embed\.proj/, 'embeddings.patch_embeddings.projection'],
	[/^blocks\.(\d)\.attn\.proj/, 'encoder.layer.$1.attention.output.dense'],
	[/^blocks\.(\d)\.(norm\d)/, 'encoder.layer.$1.$2'],
	[/^blocks\.(\d)\.ls(\d)\.gamma/, 'encoder.layer.$1.layer_scale$2.lambda1'],
	[/^norm/, 'layernorm']
];

/** Tensors under transformers' names: query, key and value apart, everything but the head below `prefix`. */
function asDino(tensors: readonly TensorToWrite[], prefix: string, gated: boolean): TensorToWrite[] {
	const [fc1, fc2] = gated ? ['weights_in', 'weights_out'] : ['fc1', 'fc2'];
	return tensors.flatMap((tensor): TensorToWrite[] => {
		const { name, shape, data } = tensor;
		if (name.startsWith('head.')) return [{ ...tensor, name: name.replace('head', 'classifier') }];
		const qkv = /^blocks\.(\d)\.attn\.qkv\.(\w+)$/.exec(name);
		if (qkv) {
			const rows = (shape[0] ?? 0) / 3;
			return ['query', 'key', 'value'].map((part, i) => ({
				name: `${prefix}encoder.layer.${qkv[1]}.attention.attention.${part}.${qkv[2]}`,
				shape: [rows, ...shape.slice(1)],
				data: data.slice((i * data.length) / 3, ((i + 1) * data.length) / 3)
			}));
		}
		const mlp = name.replace(
			/^blocks\.(\d)\.mlp\.(fc\d)/,
			(_, i, fc) => `encoder.layer.${i}.mlp.${fc === 'fc1' ? fc1 : fc2}`
		);
		const renamed = AS_DINO.reduce((text, [from, to]) => text.replace(from, to), mlp);
		return [{ ...tensor, name: prefix + renamed }];
	});
}

const dinoConfig = (type: string) => ({
	model_type: type,
	image_size: SIZES.image,
	num_attention_heads: SIZES.heads,
	layer_norm_eps: 1e-6,
	hidden_act: 'gelu'
});

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.each(VARIANTS)('a model with $name is what a plain float64 computation makes of it', async (variant) => {
		const files = variantCheckpoint(variant);
		await expectReference(files, variant, files.weights);
	});
});

describe('the same under other names', () => {
	beforeAll(() => useNodeBackend('cpu'));
	const named = (part: string) => VARIANTS.find(({ name }) => name.includes(part)) ?? fail(part);

	it('a gated part of transformers’ DINOv2', async () => {
		const variant = named('gated');
		const weights = fileOf(asDino(variantTensors(variant), 'dinov2.', true));
		await expectReference(
			{ config: dinoConfig('dinov2'), preprocessor: null, weights },
			variant,
			variantCheckpoint(variant).weights
		);
	});

	it.each([
		['w12', 'w3'],
		['fc1_g', 'fc2']
	])('a gated part whose first layer is called %s', async (first, second) => {
		const variant = named('gated');
		const tensors = variantTensors(variant).flatMap((tensor) => renamedGate(tensor, first, second));
		const files = { ...variantCheckpoint(variant), weights: fileOf(tensors) };
		await expectReference(files, variant, variantCheckpoint(variant).weights);
	});

	it('a DINOv2 with registers and a head over CLS and the mean', async () => {
		const variant: Variant = {
			name: '',
			pooling: 'cls+mean',
			// transformers gives CLS a position and the registers none; timm folds that of CLS into the token.
			tensors: (make) => [make('reg_token', [1, 2, SIZES.dim]), make('head.weight', [SIZES.classes, 2 * SIZES.dim])]
		};
		const tensors = variantTensors(variant);
		const weights = fileOf(asDino(tensors, 'dinov2_with_registers.', false));
		const positions = tensors.find(({ name }) => name === 'pos_embed')?.data ?? new Float32Array();
		const folded = tensors.map((tensor) => {
			if (tensor.name === 'cls_token') return { ...tensor, data: tensor.data.map((v, i) => v + (positions[i] ?? NaN)) };
			if (tensor.name !== 'pos_embed') return tensor;
			return { ...tensor, shape: [1, 16, SIZES.dim], data: tensor.data.slice(SIZES.dim) };
		});
		const config = dinoConfig('dinov2_with_registers');
		await expectReference({ config, preprocessor: null, weights }, variant, fileOf(folded));
	});
});

describe.each(VARIANTS)('the parameters of $name', (variant) => {
	beforeAll(() => useNodeBackend('cpu'));

	it('are all listed with their shapes, and counted as the file has them', () => {
		const model = Model.load(variantCheckpoint(variant));
		const specs = parameterSpecs(model.config);
		expect(specs.map(({ name }) => name).sort()).toEqual([...model.weights.keys()].sort());
		for (const { name, shape } of specs) expect(model.weights.get(name)?.shape, name).toEqual(shape);
		const stored = variantTensors(variant).reduce((sum, { data }) => sum + data.length, 0);
		expect(model.parameters).toBe(stored);
		const config = asViT(model.config);
		expect(tokenCount(config)).toBe(prefixNames(config).length + 16);
		model.dispose();
	});
});

it('a file with both last norms, or with a second head and no token, is refused', async () => {
	await useNodeBackend('cpu');
	const before = tf.memory().numTensors;
	const extra = (name: string, shape: number[]) => ({
		name,
		shape,
		data: new Float32Array(shape.reduce((a, b) => a * b))
	});
	const both = [...timmTensors(), extra('fc_norm.weight', [15]), extra('fc_norm.bias', [15])];
	const second = [...timmTensors(), extra('head_dist.weight', [7, 15]), extra('head_dist.bias', [7])];
	for (const tensors of [both, second]) {
		const files = { ...variantCheckpoint(VARIANTS[0] ?? fail('variant')), weights: fileOf(tensors) };
		expect(() => Model.load(files)).toThrow(/which this architecture has no place for/);
	}
	expect(tf.memory().numTensors).toBe(before);
});

/** A gated first layer in one matrix or in two, and the second layer, under other names. */
function renamedGate(tensor: TensorToWrite, first: string, second: string): TensorToWrite[] {
	const { name, shape, data } = tensor;
	if (name.includes('.fc2.')) return [{ ...tensor, name: name.replace('fc2', second) }];
	if (!name.includes('.fc1.')) return [tensor];
	if (first !== 'fc1_g') return [{ ...tensor, name: name.replace('fc1', first) }];
	return ['fc1_g', 'fc1_x'].map((half, i) => ({
		name: name.replace('fc1', half),
		shape: [(shape[0] ?? 0) / 2, ...shape.slice(1)],
		data: data.slice((i * data.length) / 2, ((i + 1) * data.length) / 2)
	}));
}

function fail(what: string): never {
	throw new Error(`There is no ${what}.`);
}
