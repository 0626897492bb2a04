import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Edit } from '../edits/edit';
import { has } from '../families';
import { trainHeads } from '../head/softmax-heads';
import { Model, type CheckpointFiles } from '../model';
import { hasParts } from '../part';
import { RELEVANCE } from '../relevance';
import { pixelValues, timmCheckpoint } from '../testing/checkpoint';
import { convPixels, mobileNetCheckpoint, resNetCheckpoint } from '../testing/conv-checkpoint';
import { approximatedCheckpoint } from '../testing/kinds';
import { swinCheckpoint, swinPixels } from '../testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../testing/variants';
import { batchOf } from '../train/batches';
import type { NetworkPlan } from '../train/contract';
import { lossGradients } from '../train/gradients';
import { chanceOf } from '../train/pictures/chance';
import { taskPictures } from '../train/pictures/tasks';
import { CNN, movedParameters, VIT } from '../train/testing/plans';
import { BACKENDS } from './names';
import { useNodeBackend } from './node';

const NO_SPEC = { name: '', shape: [], axes: [] };

/**
 * The kernels of tfjs that a checkpoint's run goes through, and the way back through it: in Node all there are, on the
 * page what each backend lists.
 */
async function kernelsOf(
	files: CheckpointFiles,
	pixels: Float32Array,
	edits: readonly Edit[] = []
): Promise<readonly string[]> {
	const model = Model.load(files);
	const untouched = await model.run(pixels);
	const runs = new Map([['other', untouched]]);
	const names = await kernelsIn(async () => {
		const trace = await model.run(pixels, { edits, runs, untouched });
		const tap = edits === EDITS ? 'embeddings' : 'pixel_values';
		for (const name of trace.names.filter((name) => hasParts(trace.specOf(name) ?? NO_SPEC)))
			for (const part of ['mean', { lines: 0 }] as const) await trace.readAll([name], undefined, part);
		const followed = has(model.config, 'sequence', 'patterns', 'blocks') ? [RELEVANCE] : [];
		const gradients = await model.gradients(trace, { classIndex: 0, names: [tap, ...followed] });
		for (const owner of [gradients, trace]) owner.dispose();
	});
	untouched.dispose();
	model.dispose();
	return names;
}

async function kernelsIn(work: () => Promise<void>): Promise<readonly string[]> {
	const { kernelNames } = await tf.profile(async () => {
		await work();
		return [];
	});
	// What tfjs fuses, it tells twice: as the kernel, and by the name of its own function around it.
	return kernelNames.filter((name) => !name.endsWith('__op'));
}

/** Those of training a head. */
async function kernelsOfHeads(): Promise<readonly string[]> {
	const features = new Float32Array([1, 2, 3, 5, 7, 11]);
	const learns = [Uint8Array.of(1, 1, 1), Uint8Array.of(1, 0, 1)];
	return kernelsIn(async () => {
		await trainHeads({ features, width: 2, labels: [0, 1, 0], classes: 2, learns, l2: 0.1 });
	});
}

/** Those that a step of training goes through. */
function kernelsOfLearning(plan: NetworkPlan): Promise<readonly string[]> {
	const batch = batchOf(taskPictures('shape', { count: 4, size: plan.size, seed: 1 }), [0, 1]);
	const dropout = { share: 0.1, chance: chanceOf(1) };
	return kernelsIn(async () => {
		await lossGradients(plan, movedParameters(plan), batch, [batch.labels, batch.labels], dropout);
	});
}

/** Every `do`, in every way that it is laid out. */
const EDITS: readonly Edit[] = [
	{ tap: 'pixel_values', tokens: 1, do: 'zero' },
	{ tap: 'patch_embed', do: 'permute', order: Array.from({ length: 16 }, (_, i) => 15 - i) },
	{ tap: 'parameters.cls_token', do: 'mean', over: 'tokens', of: { tap: 'patch_embed' } },
	{ tap: 'parameters.blocks.0.fc1.weight', channels: 0, do: 'scale', by: 2 },
	{ tap: 'blocks.0.key', head: 0, do: 'add', value: 1 },
	{ tap: 'blocks.0.attn.pattern', keys: [1, 2], do: 'uniform' },
	{ tap: 'blocks.0.attn.head_out', do: 'mean', over: 'heads' },
	{ tap: 'blocks.0.mlp.out', do: 'mean', over: 'photos', runs: ['other'] },
	{ tap: 'blocks.0.out', tokens: 3, do: 'replace', run: 'other' },
	{ tap: 'blocks.0.out', tokens: ['cls', 3, 4], do: 'keep' },
	{ tap: 'blocks.1', do: 'skip' }
];

describe('the kernels of the forward pass, of edits, of gradients and of training', () => {
	let used: ReadonlySet<string>;
	beforeAll(async () => {
		await useNodeBackend('cpu');
		const plain = [timmCheckpoint(), approximatedCheckpoint(), ...VARIANTS.map(variantCheckpoint)];
		const tables: Edit = { tap: 'parameters.stages.*.blocks.*.bias_table', do: 'zero' };
		const names = [
			await kernelsOf(swinCheckpoint(), swinPixels()),
			await kernelsOf(swinCheckpoint(), swinPixels(), [tables])
		];
		names.push(await kernelsOf(timmCheckpoint(), pixelValues(), EDITS));
		for (const files of [resNetCheckpoint(), mobileNetCheckpoint()]) names.push(await kernelsOf(files, convPixels()));
		for (const files of plain) names.push(await kernelsOf(files, pixelValues()));
		used = new Set(names.flat());
	});

	beforeAll(async () => {
		const plans = [VIT, { ...VIT, pooling: 'mean', dropout: 0.1 } as const, CNN];
		const names = [await kernelsOfHeads()];
		for (const plan of plans) names.push(await kernelsOfLearning(plan));
		used = new Set([...used, ...names.flat()]);
	});

	it.each(BACKENDS)('are all there on %s', (backend) => {
		const source = readFileSync(new URL(`${backend}.ts`, import.meta.url), 'utf8');
		expect(used.size).toBeGreaterThan(8);
		const missing = [...used].filter((name) => !source.includes(`/dist/kernels/${name}'`));
		expect(missing).toEqual([]);
	});
});
