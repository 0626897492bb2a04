import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../../src/lib/engine/backends/node';
import {
	readSafetensors,
	toFloat32,
	writeSafetensors,
	type TensorToWrite
} from '../../src/lib/engine/checkpoint/safetensors';
import { Model, type CheckpointFiles } from '../../src/lib/engine/model';
import type { SwinConfig } from '../../src/lib/engine/swin/config';
import { difference, worstRowSum } from './compare';
import { hasShared, SHARED, sharedBytes } from './recorded';
import { swinTapName } from './swin-names';

const FOLDER = 'parity/swin';
const there = hasShared(FOLDER);

const json = (name: string): unknown => JSON.parse(readFileSync(`${SHARED}${FOLDER}/${name}`, 'utf8'));

async function huggingface(): Promise<CheckpointFiles> {
	return {
		config: json('config.json'),
		preprocessor: json('preprocessor_config.json'),
		weights: await sharedBytes(`${FOLDER}/model.safetensors`)
	};
}

/** How timm has named a Swin's weights: the layers' stems, and where the merging and the head are. */
interface TimmLayout {
	readonly merge: (stage: number) => number;
	readonly head: string;
	/** Buffers that files of that time carry along. */
	readonly buffers: boolean;
}

/** Since timm 0.9 a stage begins with the merging. */
const NEW_TIMM: TimmLayout = { merge: (stage) => stage + 1, head: 'head.fc', buffers: false };
const OLD_TIMM: TimmLayout = { merge: (stage) => stage, head: 'head', buffers: true };

const STEMS: readonly (readonly [huggingface: RegExp, timm: string])[] = [
	[/^swin\.embeddings\.patch_embeddings\.projection/, 'patch_embed.proj'],
	[/^swin\.embeddings\.norm/, 'patch_embed.norm'],
	[/^swin\.encoder\./, ''],
	[/^swin\.layernorm/, 'norm'],
	[/attention\.self\.relative/, 'attn.relative'],
	[/attention\.output\.dense/, 'attn.proj'],
	[/layernorm_before/, 'norm1'],
	[/layernorm_after/, 'norm2'],
	[/intermediate\.dense/, 'mlp.fc1'],
	[/output\.dense/, 'mlp.fc2']
];

function timmName(name: string, { merge, head }: TimmLayout): string {
	const renamed = STEMS.reduce((all, [from, to]) => all.replace(from, to), name);
	return renamed
		.replace(/^classifier/, head)
		.replace(/^layers\.(\d+)\.downsample/, (_, stage: string) => `layers.${merge(Number(stage))}.downsample`);
}

/** The same checkpoint as timm would have saved it: query, key and value in one matrix. */
async function timm(layout: TimmLayout): Promise<CheckpointFiles> {
	const { config, preprocessor, weights } = await huggingface();
	const stored = readSafetensors(weights);
	const tensors: TensorToWrite[] = [];
	for (const [name, tensor] of stored) {
		const [, stem, part, kind] = /^(.*attention\.self\.)(query|key|value)\.(.*)$/.exec(name) ?? [];
		if (part === 'key' || part === 'value') continue;
		const parts = part ? ['query', 'key', 'value'].map((p) => stored.get(`${stem}${p}.${kind}`) ?? tensor) : [tensor];
		const joined = part ? `${stem?.replace('attention.self.', 'attn.qkv.')}${kind}` : name;
		const shape = [(tensor.shape[0] ?? 0) * parts.length, ...tensor.shape.slice(1)];
		const data = Float32Array.from(parts.flatMap((p) => [...toFloat32(p)]));
		tensors.push({ name: timmName(joined, layout), shape, data });
	}
	if (layout.buffers) {
		for (const name of ['attn.relative_position_index', 'attn_mask']) {
			tensors.push({ name: `layers.0.blocks.1.${name}`, shape: [1], data: Float32Array.of(0) });
		}
	}
	return {
		config: timmConfig(config, preprocessor),
		preprocessor: null,
		weights: writeSafetensors(tensors).slice().buffer
	};
}

function timmConfig(config: unknown, preprocessor: unknown): unknown {
	const { image_size: side } = config as { image_size: number };
	const { image_mean: mean, image_std: std } = preprocessor as Record<string, unknown>;
	return {
		architecture: 'swin_tiny_patch4_window7_224',
		pretrained_cfg: { input_size: [3, side, side], crop_pct: 0.9, interpolation: 'bicubic', mean, std }
	};
}

describe.each(['wasm', 'cpu'] as const)('a Swin on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it.runIf(there).each([
		['under the names of Hugging Face', huggingface],
		['under the names of timm', () => timm(NEW_TIMM)],
		['under the names of timm before 0.9', () => timm(OLD_TIMM)]
	])('gives every recorded tap within 1e-4 %s', async (_, files) => {
		const before = tf.memory().numTensors;
		const model = Model.load(await files());
		const recorded = readSafetensors(await sharedBytes(`${FOLDER}/expected.safetensors`));
		const pixels = recorded.get('pixel_values');
		const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
		for (const [name, truth] of recorded) {
			const { data, shape } = await trace.read(swinTapName(name, model.config as SwinConfig));
			expect(shape, name).toEqual(truth.shape);
			expect(difference(truth, data), name).toBeLessThan(1e-4);
			if (name.startsWith('attentions')) expect(worstRowSum(data, shape.at(-1) ?? 0), name).toBeLessThan(1e-5);
		}
		expect([...recorded.keys()].sort()).toEqual([
			'attentions.0',
			'attentions.1',
			'hidden_states.0',
			'hidden_states.1',
			'hidden_states.2',
			'logits',
			'pixel_values'
		]);
		trace.dispose();
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});
});
