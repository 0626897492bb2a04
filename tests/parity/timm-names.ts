import {
	readSafetensors,
	toFloat32,
	writeSafetensors,
	type TensorToWrite
} from '../../src/lib/engine/checkpoint/safetensors';
import type { CheckpointFiles } from '../../src/lib/engine/model';
import { isRecord } from '../../src/lib/base/json';

/** transformers' names, without their prefix, and timm's for the same tensors. */
const NAMES: readonly (readonly [RegExp, string])[] = [
	[/^embeddings\.cls_token$/, 'cls_token'],
	[/^embeddings\.distillation_token$/, 'dist_token'],
	[/^embeddings\.register_tokens$/, 'reg_token'],
	[/^embeddings\.position_embeddings$/, 'pos_embed'],
	[/^embeddings\.patch_embeddings\.projection\./, 'patch_embed.proj.'],
	[/^encoder\.layer\.(\d+)\.attention\.output\.dense\./, 'blocks.$1.attn.proj.'],
	[/^encoder\.layer\.(\d+)\.attention\.attention\.query\./, 'blocks.$1.attn.qkv.'],
	[/^encoder\.layer\.(\d+)\.(?:layernorm_before|norm1)\./, 'blocks.$1.norm1.'],
	[/^encoder\.layer\.(\d+)\.(?:layernorm_after|norm2)\./, 'blocks.$1.norm2.'],
	[/^encoder\.layer\.(\d+)\.layer_scale(\d)\.lambda1$/, 'blocks.$1.ls$2.gamma'],
	[/^encoder\.layer\.(\d+)\.(?:intermediate\.dense|mlp\.fc1|mlp\.weights_in)\./, 'blocks.$1.mlp.fc1.'],
	[/^encoder\.layer\.(\d+)\.(?:output\.dense|mlp\.fc2|mlp\.weights_out)\./, 'blocks.$1.mlp.fc2.'],
	[/^layernorm\./, 'norm.'],
	[/^(?:cls_)?classifier\./, 'head.'],
	[/^distillation_classifier\./, 'head_dist.']
];

/** Tensors that timm has not: queries take keys and values along. */
const LEFT_OUT = /\.(key|value)\.|pooler|mask_token/;

const PREFIX = /^(vit|deit|dinov2|dinov2_with_registers)\.(?=embeddings|encoder|layernorm)/;

const sum = (a: Float32Array, b: Float32Array) => a.map((value, i) => value + (b[i] ?? NaN));

function joined(parts: readonly Float32Array[]): Float32Array {
	return Float32Array.from(parts.flatMap((part) => [...part]));
}

/**
 * transformers' checkpoint as timm would have it: other names, and one matrix for query, key and value. With registers,
 * only the patches keep their positions, and that of CLS is added to it once and for all, as timm's conversion does.
 */
export function asTimm({ config, preprocessor, weights }: CheckpointFiles): CheckpointFiles {
	if (!isRecord(config) || !isRecord(preprocessor)) throw new Error('There is no such checkpoint of transformers.');
	const stored = readSafetensors(weights);
	const tensors = [...stored.values()]
		.filter(({ name }) => !LEFT_OUT.test(name))
		.map(({ name, shape }) => {
			const isQuery = name.includes('.query.');
			const names = isQuery ? ['query', 'key', 'value'].map((part) => name.replace('query', part)) : [name];
			const data = joined(names.map((part) => toFloat32(stored.get(part) ?? fail(part))));
			return { name: timmName(name), shape: [(shape[0] ?? 1) * names.length, ...shape.slice(1)], data };
		});
	const all = tensors.some(({ name }) => name === 'reg_token') ? withoutPrefixPositions(tensors) : tensors;
	const size = [config.image_size, config.image_size].flat().slice(-2);
	return {
		config: {
			architecture: 'vit_renamed',
			global_pool: 'token',
			model_args: { num_heads: config.num_attention_heads, img_size: size },
			pretrained_cfg: { input_size: [3, ...size], mean: preprocessor.image_mean, std: preprocessor.image_std }
		},
		preprocessor: null,
		weights: new Uint8Array(writeSafetensors(all)).buffer
	};
}

function timmName(name: string): string {
	const bare = name.replace(PREFIX, '');
	const [pattern, to] = NAMES.find(([candidate]) => candidate.test(bare)) ?? fail(name);
	return bare.replace(pattern, to);
}

function withoutPrefixPositions(tensors: readonly TensorToWrite[]): TensorToWrite[] {
	const positions = tensors.find(({ name }) => name === 'pos_embed') ?? fail('pos_embed');
	const [, count = 0, dim = 0] = positions.shape;
	return tensors.map((tensor) => {
		if (tensor.name === 'cls_token') return { ...tensor, data: sum(tensor.data, positions.data) };
		if (tensor !== positions) return tensor;
		return { ...tensor, shape: [1, count - 1, dim], data: tensor.data.slice(dim) };
	});
}

function fail(name: string): never {
	throw new Error(`There is no place for ${name}.`);
}
