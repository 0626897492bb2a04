import type { TensorToWrite } from '../checkpoint/safetensors';
import type { CheckpointFiles } from '../model';
import { fileOf, random } from './checkpoint';

/** Sizes of a made-up Swin. Each stage is twice as wide as the one before. */
export interface SwinSizes {
	readonly image: readonly [height: number, width: number];
	readonly patch: number;
	readonly channels: number;
	readonly dim: number;
	/** `cut`: rows and columns of the windows that timm's tables are for, where a map has cut them short. */
	readonly stages: readonly { depth: number; heads: number; window: number; mlp: number; cut?: [number, number] }[];
	readonly classes: number;
	readonly eps: number;
	readonly qkvBias: boolean;
	readonly absolutePositions: boolean;
	/** Whether windows lie by timm's rules; otherwise by transformers'. */
	readonly timm?: boolean;
}

/**
 * Nothing divides anything: pictures of 22 x 29 in patches of 3 make a map of 8 x 10, filled up; windows of 3 make it
 * 9 x 12; the maps after it are 4 x 5, and 2 x 3, where the window is larger than the map.
 */
export const SWIN_SIZES: SwinSizes = {
	image: [22, 29],
	patch: 3,
	channels: 3,
	dim: 6,
	stages: [
		{ depth: 2, heads: 1, window: 3, mlp: 7 },
		{ depth: 3, heads: 2, window: 3, mlp: 13 },
		{ depth: 2, heads: 3, window: 3, mlp: 20 }
	],
	classes: 5,
	eps: 1e-3,
	qkvBias: true,
	absolutePositions: false
};

/** The tensors of a made-up checkpoint, under Hugging Face's names, big enough that a swapped or skipped one shows. */
export function swinTensors(sizes: SwinSizes = SWIN_SIZES): TensorToWrite[] {
	const { image, patch, channels, dim, stages, classes, absolutePositions } = sizes;
	const next = random(11);
	const tensor = (name: string, shape: number[], scale = 0.4, around = 0): TensorToWrite => ({
		name,
		shape,
		data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => around + scale * next())
	});
	const layer = (name: string, outputs: number, inputs: number, hasBias = true) => [
		tensor(`${name}.weight`, [outputs, inputs]),
		...(hasBias ? [tensor(`${name}.bias`, [outputs])] : [])
	];
	const norm = (name: string, width: number) => [
		tensor(`${name}.weight`, [width], 0.3, 1),
		tensor(`${name}.bias`, [width])
	];
	const block = (
		name: string,
		width: number,
		{ heads, window, mlp, cut = [window, window] }: SwinSizes['stages'][number]
	) => [
		...norm(`${name}.layernorm_before`, width),
		...['query', 'key', 'value'].flatMap((part) =>
			layer(`${name}.attention.self.${part}`, width, width, sizes.qkvBias)
		),
		tensor(`${name}.attention.self.relative_position_bias_table`, [(2 * cut[0] - 1) * (2 * cut[1] - 1), heads], 2),
		...layer(`${name}.attention.output.dense`, width, width),
		...norm(`${name}.layernorm_after`, width),
		...layer(`${name}.intermediate.dense`, mlp, width),
		...layer(`${name}.output.dense`, width, mlp)
	];
	const merge = (name: string, width: number) => [
		...norm(`${name}.norm`, 4 * width),
		...layer(`${name}.reduction`, 2 * width, 4 * width, false)
	];
	const patches = Math.ceil(image[0] / patch) * Math.ceil(image[1] / patch);
	const width = (stage: number) => dim * 2 ** stage;
	return [
		tensor('swin.embeddings.patch_embeddings.projection.weight', [dim, channels, patch, patch]),
		tensor('swin.embeddings.patch_embeddings.projection.bias', [dim]),
		...norm('swin.embeddings.norm', dim),
		...(absolutePositions ? [tensor('swin.embeddings.position_embeddings', [1, patches, dim])] : []),
		...stages.flatMap((stage, s) => [
			...Array.from({ length: stage.depth }, (_, b) =>
				block(`swin.encoder.layers.${s}.blocks.${b}`, width(s), stage)
			).flat(),
			...(s < stages.length - 1 ? merge(`swin.encoder.layers.${s}.downsample`, width(s)) : [])
		]),
		...norm('swin.layernorm', width(stages.length - 1)),
		...layer('classifier', classes, width(stages.length - 1))
	];
}

export function swinConfig({ image, eps }: SwinSizes = SWIN_SIZES): Record<string, unknown> {
	return { model_type: 'swin', image_size: image, layer_norm_eps: eps, hidden_act: 'gelu' };
}

/** The same tensors under timm's names: query, key and value in one, and a stage begins with the merging before it. */
function timmSwinTensors(sizes: SwinSizes): TensorToWrite[] {
	return swinTensors(sizes).flatMap((tensor, _index, all): TensorToWrite[] => {
		const name = TIMM_NAMES.reduce((said, [from, to]) => said.replace(from, to), tensor.name).replace(
			/layers\.(\d+)\.downsample/,
			(_, stage) => `layers.${Number(stage) + 1}.downsample`
		);
		if (/\.self\.(key|value)\./.test(name)) return [];
		if (!name.includes('.self.query.')) return [{ ...tensor, name }];
		const parts = ['query', 'key', 'value'].map((part) =>
			all.find((other) => other.name === tensor.name.replace('query', part))
		);
		const data = Float32Array.from(parts.flatMap((part) => [...(part?.data ?? [])]));
		const [outputs = 0, ...rest] = tensor.shape;
		return [{ name: name.replace('.self.query.', '.qkv.'), shape: [3 * outputs, ...rest], data }];
	});
}

const TIMM_NAMES = [
	[/^swin\.(encoder\.)?/, ''],
	['embeddings.patch_embeddings.projection', 'patch_embed.proj'],
	['embeddings.norm', 'patch_embed.norm'],
	['layernorm_before', 'norm1'],
	['layernorm_after', 'norm2'],
	['attention.self.relative', 'attn.relative'],
	['attention.self', 'attn.self'],
	['attention.output.dense', 'attn.proj'],
	['intermediate.dense', 'mlp.fc1'],
	['output.dense', 'mlp.fc2'],
	[/^layernorm\./, 'norm.'],
	[/^classifier\./, 'head.fc.']
] as const;

/** A whole made-up checkpoint as timm writes it; its epsilon is 1e-5. */
export function timmSwinCheckpoint(sizes: SwinSizes): CheckpointFiles {
	const config = { architecture: 'swin_tiny_patch4_window7_224', model_args: { img_size: sizes.image } };
	return { config, preprocessor: null, weights: fileOf(timmSwinTensors(sizes)) };
}

/** A whole made-up checkpoint. */
export function swinCheckpoint(sizes: SwinSizes = SWIN_SIZES): CheckpointFiles {
	return { config: swinConfig(sizes), preprocessor: null, weights: fileOf(swinTensors(sizes)) };
}

/** A made-up input: (1, channels, height, width). */
export function swinPixels({ image, channels }: SwinSizes = SWIN_SIZES): Float32Array {
	const next = random(5);
	return Float32Array.from({ length: channels * image[0] * image[1] }, next);
}
