import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useNodeBackend } from './backends/node';
import { planCheckpoint } from './checkpoint/plan';
import { readSafetensors } from './checkpoint/safetensors';
import { inputShape } from './config';
import type { Edit } from './edits/edit';
import { tapSpecs } from './families';
import { Model, type CheckpointFiles } from './model';
import { carryOut } from './networks';
import { pixelValues, SIZES, timmCheckpoint } from './testing/checkpoint';
import { approximatedCheckpoint, headlessCheckpoint, scoredCheckpoint } from './testing/kinds';
import { along, numericSlope, spreadIndices } from './testing/numeric-gradient';
import { SWIN_SIZES, swinCheckpoint, swinPixels, timmSwinCheckpoint, type SwinSizes } from './testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from './testing/variants';
import { Trace } from './trace';

/** Gradients may be off by this much of the largest number of the tap's. */
const TOLERANCE = 1e-3;

interface Case {
	readonly name: string;
	readonly files: CheckpointFiles;
	readonly pixels: Float32Array;
	readonly edits?: readonly Edit[];
}

const vit = (name: string, files: CheckpointFiles): Case => ({ name, files, pixels: pixelValues() });
const swin = (name: string, sizes: SwinSizes, files = swinCheckpoint(sizes)): Case => ({
	name,
	files,
	pixels: swinPixels(sizes)
});

const TIMM_SWIN: SwinSizes = {
	...SWIN_SIZES,
	image: [15, 18],
	eps: 1e-5,
	timm: true,
	stages: [
		{ depth: 2, heads: 2, window: 4, mlp: 9 },
		{ depth: 2, heads: 2, window: 2, mlp: 9 }
	]
};

const PLAIN_SWIN: SwinSizes = {
	...SWIN_SIZES,
	image: [12, 24],
	stages: [
		{ depth: 2, heads: 2, window: 4, mlp: 12 },
		{ depth: 2, heads: 4, window: 2, mlp: 5 }
	],
	qkvBias: false,
	absolutePositions: true
};

const CASES: readonly Case[] = [
	vit('a plain ViT', timmCheckpoint()),
	vit('a ViT whose GELU is approximated', approximatedCheckpoint()),
	vit('a regression', scoredCheckpoint('regression', 2)),
	...VARIANTS.map((variant) => vit(`a ViT with ${variant.name}`, variantCheckpoint(variant))),
	swin('a Swin whose maps nothing divides', SWIN_SIZES),
	swin('a Swin that windows divide, with positions', PLAIN_SWIN),
	swin('a Swin by timm’s rules', TIMM_SWIN, timmSwinCheckpoint(TIMM_SWIN))
];

/** Edits through which a gradient goes on, all on one run. */
const EDITED: Case = {
	...vit('a ViT with edits', timmCheckpoint()),
	edits: [
		{ tap: 'patch_embed', do: 'permute', order: Array.from({ length: 16 }, (_, i) => (i * 5 + 3) % 16) },
		{ tap: 'embeddings', tokens: ['cls', 9, 2, 5, 11], do: 'keep' },
		{ tap: 'blocks.0.norm1', tokens: [2, 5], do: 'mean', over: 'tokens' },
		{ tap: 'blocks.0.query', head: 1, do: 'scale', by: -2 },
		{ tap: 'blocks.0.value', tokens: 9, do: 'zero' },
		{ tap: 'blocks.0.attn.scores', head: 0, do: 'scale', by: 0.5 },
		{ tap: 'blocks.0.attn.pattern', head: 2, queries: [0, 5], do: 'uniform' },
		{ tap: 'blocks.0.attn.pattern', head: 1, do: 'scale', by: 1.5 },
		{ tap: 'blocks.0.attn.head_out', do: 'mean', over: 'heads' },
		{ tap: 'blocks.0.mlp.pre_gelu', channels: 3, do: 'set', to: 0.7 },
		{ tap: 'blocks.0.out', tokens: ['cls', 5, 9], do: 'keep' },
		{ tap: 'parameters.blocks.1.fc1.weight', do: 'scale', by: 0.5 },
		{ tap: 'blocks.1.attn.out', do: 'add', value: 0.25 }
	]
};
const SKIPPED: Case = {
	...vit('a ViT without its last block', timmCheckpoint()),
	edits: [{ tap: 'blocks.1', do: 'skip' }]
};
const SWIN_EDITED: Case = {
	...swin('a Swin with edits, its last block skipped', SWIN_SIZES),
	edits: [
		{ tap: 'stages.2.blocks.1', do: 'skip' },
		{ tap: 'stages.0.blocks.1.attn.pattern', head: 0, queries: [3, 4], do: 'scale', by: 2 },
		{ tap: 'stages.1.blocks.0.key', tokens: [1, 2, 3], do: 'zero' },
		{ tap: 'parameters.stages.*.blocks.*.bias_table', do: 'scale', by: 0.5 }
	]
};

const CLASS = 1;
const COMES_AFTER = /^(probabilities|feature_maps\..*)$/;

const EVERY = [...CASES, EDITED, SKIPPED, SWIN_EDITED];

describe.each(EVERY)('the gradients of $name', ({ files, pixels, edits = [] }) => {
	it('are, at every tap, those of finite differences', async () => {
		await useNodeBackend('wasm');
		const model = Model.load(files);
		const [untouched, trace] = [await model.run(pixels), await model.run(pixels, { edits })];
		const names = trace.names.filter((name) => !COMES_AFTER.test(name));
		const gradients = await model.gradients(trace, { classIndex: CLASS, names });
		const checked = { model, pixels, edits, untouched, of: { classIndex: CLASS } };
		for (const name of names) {
			const { data, shape } = await gradients.read(name);
			expect(shape, name).toEqual((await trace.read(name)).shape);
			const largest = Math.max(...data.map(Math.abs));
			for (const index of spreadIndices(data, 2)) {
				const expected = await numericSlope(checked, name, along(index, data.length), largest);
				expect(Math.abs((data[index] ?? NaN) - expected) / largest, `${name}[${index}]`).toBeLessThan(TOLERANCE);
			}
		}
		for (const owner of [gradients, trace, untouched, model]) owner.dispose();
	}, 60_000);

	it('are, of the sum over a token’s features in the middle, those of finite differences, too', async () => {
		await useNodeBackend('wasm');
		const model = Model.load(files);
		const [untouched, trace] = [await model.run(pixels), await model.run(pixels, { edits })];
		const maps = trace.names.filter((name) => /\.out$/.test(name) && !/\.(attn|mlp)\.out$/.test(name));
		for (const from of [maps[0] ?? '', maps.at(-1) ?? '']) {
			const spec = trace.listed(from);
			const token = spec?.tokens?.at(-1) ?? Math.floor((spec?.shape[1] ?? 0) / 2);
			const of = { from, token };
			const names = ['pixel_values', trace.names[trace.names.indexOf(from) - 1] ?? '', from];
			const gradients = await model.gradients(trace, { ...of, names });
			for (const name of names) {
				const { data } = await gradients.read(name);
				const largest = Math.max(...data.map(Math.abs));
				for (const index of spreadIndices(data, 2)) {
					const checked = { model, pixels, edits, untouched, of };
					// The last bits of many features add up, so the steps are larger.
					const expected = await numericSlope(checked, name, along(index, data.length), largest / 3);
					const off = Math.abs((data[index] ?? NaN) - expected) / largest;
					expect(off, `${from} by ${name}[${index}]`).toBeLessThan(TOLERANCE);
				}
			}
			gradients.dispose();
		}
		for (const owner of [trace, untouched, model]) owner.dispose();
	}, 60_000);

	it('are the same on plain ops, and leave nothing behind', async () => {
		const found: Float32Array[][] = [];
		for (const backend of ['wasm', 'cpu'] as const) {
			await useNodeBackend(backend);
			const model = Model.load(files);
			const trace = await model.run(pixels, { edits });
			const names = trace.names.filter((name) => !COMES_AFTER.test(name));
			const before = tf.memory().numTensors;
			const gradients = await model.gradients(trace, { classIndex: CLASS, names });
			found.push(await Promise.all(names.map(async (name) => (await gradients.read(name)).data)));
			gradients.dispose();
			expect(tf.memory().numTensors).toBe(before);
			for (const owner of [trace, model]) owner.dispose();
		}
		const [ours = [], plain = []] = found;
		for (const [i, expected] of plain.entries()) {
			const off = Math.max(...expected.map((value, j) => Math.abs(value - (ours[i]?.[j] ?? NaN))));
			expect(off / Math.max(...expected.map(Math.abs))).toBeLessThan(1e-4);
		}
	});
});

describe('a way back', () => {
	let model: Model;
	let trace: Trace;
	beforeAll(async () => {
		await useNodeBackend('wasm');
		model = Model.load(timmCheckpoint());
		trace = await model.run(pixelValues());
		return () => {
			for (const owner of [trace, model]) owner.dispose();
		};
	});

	it('goes no further than the first tap that is asked for, and keeps only what is', async () => {
		const pause = vi.fn();
		const before = tf.memory().numTensors;
		const gradients = await model.gradients(trace, { classIndex: 0, names: ['blocks.1.norm1'], pause });
		expect(pause).toHaveBeenCalledTimes(1);
		expect(tf.memory().numTensors).toBe(before + 1);
		await expect(gradients.read('blocks.1.out')).rejects.toThrow("'blocks.1.out' was not asked for");
		gradients.dispose();
	});

	it('can be cancelled after any block, and leaves nothing behind', async () => {
		const before = tf.memory().numTensors;
		for (const last of [1, SIZES.depth]) {
			const pause = (done: number) => {
				if (done === last) throw new Error('enough');
			};
			const request = { classIndex: 0, names: ['pixel_values', 'blocks.1.out'], pause };
			await expect(model.gradients(trace, request)).rejects.toThrow('enough');
			expect(tf.memory().numTensors).toBe(before);
		}
	});

	it.each([
		[{ classIndex: 7, names: [] }, 'gives 7 numbers, counted from 0, and no number 7'],
		[{ classIndex: 0, names: ['blocks.9.out'] }, "has no tap named 'blocks.9.out'"],
		[{ classIndex: 0, names: ['probabilities'] }, 'does not depend on "probabilities"'],
		[{ from: 'blocks.0.norm9', token: 0, names: [] }, "has no tap named 'blocks.0.norm9'"],
		[{ from: 'blocks.0.attn.pattern', token: 0, names: [] }, 'no map of tokens with features'],
		[{ from: 'blocks.0.out', token: 17, names: [] }, '"blocks.0.out" has no token 17'],
		[{ from: 'blocks.0.out', token: 3, names: ['blocks.1.out'] }, '"blocks.0.out" does not depend on "blocks.1.out"'],
		[{ from: 'norm', token: 3, names: ['logits'] }, '"norm" does not depend on "logits"']
	])('refuses %j', async (request, says) => {
		const before = tf.memory().numTensors;
		await expect(model.gradients(trace, request)).rejects.toThrow(says);
		expect(tf.memory().numTensors).toBe(before);
	});

	it('refuses a run that did not keep what it needs, by the name of that', async () => {
		const little = await model.run(pixelValues(), { taps: (name) => !name.endsWith('.residual1') });
		const request = { classIndex: 0, names: ['blocks.0.attn.pattern'] };
		await expect(model.gradients(little, request)).rejects.toThrow(
			'did not keep "blocks.1.residual1", which its gradients'
		);
		little.dispose();
	});

	it('begins at a place without going over what lies behind it', async () => {
		const pause = vi.fn();
		const gradients = await model.gradients(trace, {
			from: 'blocks.0.out',
			token: 3,
			names: ['blocks.0.norm1'],
			pause
		});
		expect(pause).toHaveBeenCalledTimes(1);
		gradients.dispose();
	});

	it('begins at what the head reads, too', async () => {
		const gradients = await model.gradients(trace, { from: 'norm', token: 3, names: ['norm', 'blocks.1.out'] });
		const [own, before] = [await gradients.read('norm'), await gradients.read('blocks.1.out')];
		const features = own.shape[2] ?? 0;
		expect(own.data.findIndex((value) => value !== 0)).toBe(3 * features);
		expect(own.data.reduce((sum, value) => sum + value, 0)).toBe(features);
		// A layer norm works on each token by itself.
		const moved = Array.from(before.data).flatMap((value, i) => (value === 0 ? [] : [Math.floor(i / features)]));
		expect([...new Set(moved)]).toEqual([3]);
		gradients.dispose();
	});

	it('refuses a model without a head', async () => {
		const backbone = Model.load(headlessCheckpoint());
		const run = await backbone.run(pixelValues());
		await expect(backbone.gradients(run, { classIndex: 0, names: [] })).rejects.toThrow('has no classifier');
		const inside = { from: 'blocks.0.attn.out', token: 1, names: ['pixel_values'] };
		await expect(backbone.gradients(run, inside)).rejects.toMatchObject({ code: 'request' });
		const of = { from: 'blocks.1.out', token: 0, names: ['pixel_values'] };
		(await backbone.gradients(run, of)).dispose();
		for (const owner of [run, backbone]) owner.dispose();
	});

	it.each<[Edit, string]>([
		[
			{ tap: 'blocks.0.out', tokens: 1, do: 'mean', over: 'tokens', of: { tap: 'embeddings' } },
			'The edit of "blocks.0.out" takes its mean from "embeddings"'
		],
		[
			{ tap: 'parameters.cls_token', do: 'mean', over: 'tokens', of: { tap: 'patch_embed' } },
			'The edit of "parameters.cls_token" takes its mean from "patch_embed"'
		]
	])('is not followed through %j, but up to it', async (edit, says) => {
		const run = await model.run(pixelValues(), { edits: [edit] });
		const ask = (name: string) => model.gradients(run, { classIndex: 0, names: [name] });
		await expect(ask('pixel_values')).rejects.toThrow(says);
		(await ask(edit.tap.startsWith('blocks') ? 'blocks.1.norm1' : 'embeddings')).dispose();
		run.dispose();
	});

	it('is that of TensorFlow.js, from the photo on', async () => {
		await useNodeBackend('cpu');
		const [own, scored] = [Model.load(timmCheckpoint()), await makeScored()];
		const run = await own.run(pixelValues());
		const gradients = await own.gradients(run, { classIndex: 2, names: ['pixel_values'] });
		const { data } = await gradients.read('pixel_values');
		const expected = scored(2);
		const off = Math.max(...expected.map((value, i) => Math.abs(value - (data[i] ?? NaN))));
		expect(off / Math.max(...expected.map(Math.abs))).toBeLessThan(1e-5);
		for (const owner of [gradients, run, own]) owner.dispose();
	});
});

/** The gradient of a logit by the pixels as tfjs finds it: its plain ops, of which a run on the CPU is made, know theirs. */
async function makeScored(): Promise<(classIndex: number) => Float32Array> {
	const { weights, config, preprocessor } = timmCheckpoint();
	const stored = readSafetensors(weights);
	const network = carryOut(planCheckpoint(config, preprocessor, stored), stored);
	const { embed, middle, classify } = network.steps(new Map());
	return (classIndex) => {
		const logit = (image: tf.Tensor) => {
			const pixels = image as tf.Tensor4D;
			const trace = new Trace(tapSpecs(network.config));
			const x = middle.reduce((tokens, step) => step.pass(tokens, trace), embed(pixels, trace));
			classify(x, trace);
			return tf.sum(tf.gather(trace.tensor('logits'), tf.tensor1d([classIndex], 'int32'), 1));
		};
		const gradient = tf.tidy(() => tf.grad(logit)(tf.tensor4d(pixelValues(), inputShape(network.config))));
		const values = gradient.dataSync<'float32'>();
		network.dispose();
		return values;
	};
}
