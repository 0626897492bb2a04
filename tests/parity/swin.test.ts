import * as tf from '@tensorflow/tfjs-core';
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
import { isRecord } from '../../src/lib/base/json';
import { checkpointIn, parityCases, type ParityCase } from './cases';
import { difference, worstRowSum } from './compare';
import { hasShared, sharedBytes } from './recorded';
import { swinTapName } from './swin-names';

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
function asTimm({ config, preprocessor, weights }: CheckpointFiles, layout: TimmLayout): CheckpointFiles {
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
	if (!isRecord(config) || !isRecord(preprocessor)) throw new Error('There is no such checkpoint of transformers.');
	const { image_mean: mean, image_std: std } = preprocessor;
	return {
		architecture: 'swin_tiny_patch4_window7_224',
		pretrained_cfg: {
			input_size: [3, ...[config.image_size, config.image_size].flat().slice(-2)],
			crop_pct: 0.9,
			interpolation: 'bicubic',
			mean,
			std
		}
	};
}

const LAYOUTS: readonly (readonly [name: string, of: (files: CheckpointFiles) => CheckpointFiles])[] = [
	['Hugging Face', (files) => files],
	['timm', (files) => asTimm(files, NEW_TIMM)],
	['timm before 0.9', (files) => asTimm(files, OLD_TIMM)]
];

/** It must be there, so that a folder gone missing is told; others beside it are run as well. */
const EXPECTED: ParityCase = { folder: 'parity/swin', recording: 'parity/swin/expected.safetensors' };
const FOUND = parityCases((type) => type === 'swin').filter(({ folder }) => folder !== EXPECTED.folder);

/** Each under every name that its weights may have, on both backends. */
const RUNS = [EXPECTED, ...FOUND].flatMap((one) =>
	LAYOUTS.flatMap(([names, of]) => (['wasm', 'cpu'] as const).map((backend) => ({ ...one, names, of, backend })))
);

/** What transformers records of a Swin: what each stage begins with and the last one gives, and attention of each. */
function recordedNames({ stages, classes }: SwinConfig): string[] {
	return [
		...stages.map((_, i) => `attentions.${i}`),
		...[...stages, null].map((_, i) => `hidden_states.${i}`),
		...(classes > 0 ? ['logits'] : []),
		'pixel_values'
	];
}

async function recordingOf({ recording }: ParityCase) {
	return readSafetensors(await sharedBytes(recording));
}

describe.each(RUNS)('$folder on $backend under the names of $names', (run) => {
	beforeAll(() => useNodeBackend(run.backend));

	it.runIf(hasShared(run.folder))(
		'gives every recorded tap within 1e-4, and rows that sum to 1',
		{ timeout: 60_000 },
		async () => {
			const before = tf.memory().numTensors;
			const model = Model.load(run.of(await checkpointIn(run.folder)));
			const config = model.config as SwinConfig;
			const recorded = await recordingOf(run);
			const pixels = recorded.get('pixel_values');
			const trace = await model.run(pixels ? toFloat32(pixels) : new Float32Array());
			expect([...recorded.keys()]).toEqual(expect.arrayContaining(recordedNames(config)));
			for (const [name, truth] of recorded) {
				const { data, shape } = await trace.read(swinTapName(name, config));
				expect(shape, name).toEqual(truth.shape);
				expect(difference(truth, data), name).toBeLessThan(1e-4);
				if (name.startsWith('attentions')) expect(worstRowSum(data, shape.at(-1) ?? 0), name).toBeLessThan(1e-5);
			}
			trace.dispose();
			model.dispose();
			expect(tf.memory().numTensors).toBe(before);
		}
	);
});
