import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { planCheckpoint } from '../checkpoint/plan';
import { readSafetensors, type TensorToWrite } from '../checkpoint/safetensors';
import { has, pictureOf, tapSpecs } from '../families';
import { Model, type CheckpointFiles } from '../model';
import { fileOf, pixelValues, SIZES, timmConfig } from '../testing/checkpoint';
import { referenceTaps } from '../testing/reference';
import {
	CLIP_VARIANT,
	clipModel,
	dino3Checkpoint,
	DINO3_VARIANTS,
	QUICK_VARIANT,
	SHARED_SPACE,
	SIGLIP_VARIANT,
	towerCheckpoint
} from '../testing/towers';
import { rulesOf, variantCheckpoint, variantTensors, type Variant } from '../testing/variants';

beforeAll(() => useNodeBackend('wasm'));

/** Taps behind what the two libraries have alike. */
const HEAD = /^(pooled|logits|probabilities|image_embeds)$/;

/** Runs a checkpoint and holds its taps against the plain computation of the variant that it is of. */
async function expectSame(files: CheckpointFiles, variant: Variant, ends = HEAD): Promise<void> {
	const before = tf.memory().numTensors;
	const model = Model.load(files);
	const trace = await model.run(pixelValues());
	const stored = readSafetensors(variantCheckpoint(variant).weights);
	const expected = referenceTaps(stored, pixelValues(), variant.sizes, rulesOf(variant));
	const names = tapSpecs(model.config).map(({ name }) => name);
	const compared = names.filter((name) => !ends.test(name));
	expect(compared.length).toBeGreaterThan(20);
	for (const name of compared) {
		const { data } = await trace.read(name);
		const truth = expected.get(name) ?? expect.fail(name);
		const largest = Math.max(...truth.map(Math.abs));
		const off = Math.max(...truth.map((value, i) => Math.abs(value - (data[i] ?? NaN))));
		expect(off / largest, name).toBeLessThan(1e-5);
	}
	for (const owner of [trace, model]) owner.dispose();
	expect(tf.memory().numTensors).toBe(before);
}

describe('under the names of transformers', () => {
	it.each(['', 'vision_model.'])('CLIP’s image tower is the same, behind "%s"', async (prefix) => {
		await expectSame(towerCheckpoint(CLIP_VARIANT, prefix), CLIP_VARIANT);
		await expectSame(towerCheckpoint(QUICK_VARIANT, prefix), QUICK_VARIANT);
	});

	it.each(['', 'vision_model.'])('SigLIP’s image tower is the same, its pooling too, behind "%s"', async (prefix) => {
		await expectSame(towerCheckpoint(SIGLIP_VARIANT, prefix), SIGLIP_VARIANT, /^(logits|probabilities)$/);
	});

	it.each(DINO3_VARIANTS)('DINOv3 with $name is the same', (variant) => expectSame(dino3Checkpoint(variant), variant));

	it('a whole CLIPModel is its image tower, and what lies beside it is neither read nor counted', async () => {
		await expectSame(clipModel(), QUICK_VARIANT);
		const { config, preprocessor, weights } = clipModel();
		const plan = planCheckpoint(config, preprocessor, readSafetensors(weights));
		const tower = towerCheckpoint(QUICK_VARIANT);
		const { parameters } = planCheckpoint(tower.config, null, readSafetensors(tower.weights));
		expect(plan.parameters).toBe(parameters + SHARED_SPACE * SIZES.dim);
	});
});

describe('what a tower gives', () => {
	it('is a vector in the space that CLIP shares with captions, and no classes', async () => {
		const model = Model.load(clipModel());
		expect(model.config).toMatchObject({ classes: 0, scores: 'vector', projectionDim: SHARED_SPACE });
		expect(pictureOf(model.config).tap).toBe('image_embeds');
		const trace = await model.run(pixelValues());
		const [norm, given] = [await trace.read('norm'), await trace.read('image_embeds')];
		const weight = readSafetensors(clipModel().weights).get('visual_projection.weight');
		const rows = new Float32Array((weight?.bytes ?? new Uint8Array()).slice().buffer);
		const first = Array.from({ length: SHARED_SPACE }, (_, o) =>
			norm.data.subarray(0, SIZES.dim).reduce((sum, value, i) => sum + value * (rows[o * SIZES.dim + i] ?? NaN), 0)
		);
		for (const [i, value] of first.entries()) expect(given.data[i]).toBeCloseTo(value, 4);
		for (const owner of [trace, model]) owner.dispose();
	});

	/** timm's CLIP, its last layer as the tag has it. */
	const timmClip = (change: object, pretrained: object = {}) => {
		const config = timmConfig();
		const pretrained_cfg = { ...(config.pretrained_cfg as object), num_classes: 7, tag: 'openai', ...pretrained };
		const { config: own } = variantCheckpoint(CLIP_VARIANT) as { config: object };
		const table = readSafetensors(variantCheckpoint(CLIP_VARIANT).weights);
		return planCheckpoint({ ...own, pretrained_cfg, ...change }, null, table).config;
	};

	it('is what timm calls its head, unless that was trained to classes', () => {
		expect(timmClip({})).toMatchObject({ classes: 0, scores: 'vector', projectionDim: 7, projectionBias: true });
		const classes = { classes: 7, scores: 'softmax', projectionDim: 0 };
		expect(timmClip({}, { tag: 'laion2b_ft_in12k_in1k' })).toMatchObject(classes);
		expect(timmClip({}, { num_classes: 512 })).toMatchObject(classes);
		expect(timmClip({ label_names: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })).toMatchObject(classes);
	});

	const classified = (variant: Variant, type: string): CheckpointFiles => {
		const tower = towerCheckpoint(variant, 'vision_model.');
		const extra: TensorToWrite[] = [
			{ name: 'classifier.weight', shape: [7, SIZES.dim], data: new Float32Array(7 * SIZES.dim).fill(0.1) },
			{ name: 'classifier.bias', shape: [7], data: new Float32Array(7) }
		];
		const own = [...readSafetensors(tower.weights).values()].map(({ name, shape, bytes }) => ({
			name,
			shape: [...shape],
			data: new Float32Array(bytes.slice().buffer)
		}));
		return { ...tower, config: { model_type: type, vision_config: tower.config }, weights: fileOf([...own, ...extra]) };
	};

	it('is classes where a classifier was put on it: of the mean of the patches, which CLIP does not norm', async () => {
		const model = Model.load(classified(CLIP_VARIANT, 'clip'));
		expect(model.config).toMatchObject({ classes: 7, scores: 'softmax', pooling: 'mean', finalNorm: 'none' });
		const trace = await model.run(pixelValues());
		const [last, logits] = [await trace.read(`blocks.${SIZES.depth - 1}.out`), await trace.read('logits')];
		const patches = last.data.subarray(SIZES.dim);
		const sum = patches.reduce((total, value) => total + value, 0) / (patches.length / SIZES.dim);
		expect(logits.data[3]).toBeCloseTo(0.1 * sum, 4);
		for (const owner of [trace, model]) owner.dispose();
	});

	it('is classes of SigLIP’s normed patches, its pooling unused', () => {
		const { config, weights } = classified(SIGLIP_VARIANT, 'siglip');
		const plan = planCheckpoint(config, null, readSafetensors(weights));
		expect(plan.config).toMatchObject({ classes: 7, pooling: 'mean', finalNorm: 'tokens', poolMlpDim: 0 });
	});
});

describe('rotary positions', () => {
	const [variant = expect.fail('no variant')] = DINO3_VARIANTS;

	it('are no learned ones, and count as no parameters', () => {
		const model = Model.load(variantCheckpoint(variant));
		expect(has(model.config, 'positions')).toBe(false);
		expect(model.parameters).toBe(variantTensors(variant).reduce((sum, { data }) => sum + data.length, 0));
		expect(model.weights.get('parameters.rotary.cos')?.shape).toEqual([3 + 16, 8]);
		model.dispose();
	});

	it('stay each token’s own where others are taken out', async () => {
		const model = Model.load(variantCheckpoint(variant));
		const kept = [0, 1, 2, 14, 5, 9];
		const edits = [{ tap: 'embeddings', tokens: kept, do: 'keep' }] as const;
		const [all, some] = [await model.run(pixelValues()), await model.run(pixelValues(), { edits })];
		const [whole, part] = [await all.read('blocks.0.attn.scores'), await some.read('blocks.0.attn.scores')];
		const heads = whole.shape[1] ?? 0;
		for (let h = 0; h < heads; h++)
			for (const [i, query] of kept.entries())
				for (const [j, key] of kept.entries())
					expect(part.data[(h * 6 + i) * 6 + j]).toBeCloseTo(whole.data[(h * 19 + query) * 19 + key] ?? NaN, 4);
		for (const owner of [all, some, model]) owner.dispose();
	});

	it('are computed for another grid, with nothing interpolated', async () => {
		const sized = { ...variant, sizes: { ...(variant.sizes ?? SIZES), image: 120, patch: 5 } };
		const { weights, ...files } = variantCheckpoint(sized);
		const model = Model.load({ ...files, weights });
		const other = model.at([115, 120]);
		const turns = await Promise.all(
			[model, other].map(async (one) => (await one.weights.get('parameters.rotary.sin')?.data()) ?? [])
		);
		expect(turns.map(({ length }) => length / 8)).toEqual([3 + 24 * 24, 3 + 23 * 24]);
		// The last row's centre is at 1 - 1 / rows.
		const angle = (rows: number) => Math.sin(2 * Math.PI * (1 - 1 / rows));
		for (const [i, rows] of [24, 23].entries()) expect(turns[i]?.at(-8)).toBeCloseTo(angle(rows), 5);
		for (const owner of [other, model]) owner.dispose();
	});

	it('can be taken away by an edit: scores are then the products of queries and keys', async () => {
		const model = Model.load(variantCheckpoint(variant));
		const edits = [
			{ tap: 'parameters.rotary.cos', do: 'set', to: 1 },
			{ tap: 'parameters.rotary.sin', do: 'zero' }
		] as const;
		const trace = await model.run(pixelValues(), { edits });
		const [query, turned] = [await trace.read('blocks.1.query'), await trace.read('blocks.1.attn.rotated_query')];
		expect(turned.data).toEqual(query.data);
		for (const owner of [trace, model]) owner.dispose();
	});
});
