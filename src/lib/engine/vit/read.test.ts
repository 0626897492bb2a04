import { describe, expect, it } from 'vitest';
import { readFiles } from '../readers';
import { SIZES, timmConfig, timmTensors } from '../testing/checkpoint';
import { planCheckpoint } from '../checkpoint/plan';
import type { ShapeOf } from '../checkpoint/fields';
import { vitReader } from './read';
import { canonical } from '../checkpoint/canonical';
import { shapesIn } from '../checkpoint/table';

const read = (...files: Parameters<typeof vitReader.read>) => vitReader.read(...files);

function shapesOf(tensors: ReturnType<typeof timmTensors>): ShapeOf {
	return shapesIn(new Map(tensors.map((tensor) => [tensor.name, { ...tensor, dtype: 'F32' }])));
}
const timmShapes = shapesOf(timmTensors());

/** The shapes of a Hugging Face ViT of 24 px, patches of 8, 12 wide, one block; without biases for query, key, value. */
function huggingfaceShapes(prefix: string): ShapeOf {
	const known: Record<string, number[]> = {
		[`${prefix}embeddings.cls_token`]: [1, 1, 12],
		[`${prefix}embeddings.patch_embeddings.projection.weight`]: [12, 3, 8, 8],
		[`${prefix}encoder.layer.0.layernorm_before.weight`]: [12],
		[`${prefix}encoder.layer.0.intermediate.dense.weight`]: [40, 12],
		[`${prefix}encoder.layer.0.output.dense.weight`]: [12, 40],
		[`${prefix}embeddings.position_embeddings`]: [1, 10, 12]
	};
	if (prefix) known['classifier.weight'] = [9, 12];
	const table = Object.entries(known).map(([name, shape]) => [name, { name, shape, dtype: 'F32' }] as const);
	return shapesIn(canonical(new Map(table)));
}

/** The shapes of a Hugging Face DINOv2 of the same sizes. */
function dinoShapes(outputs: number, mlpDim: number): ShapeOf {
	const known: Record<string, number[]> = {
		'encoder.layer.0.norm1.weight': [12],
		'encoder.layer.0.mlp.fc1.weight': [outputs, 12],
		'encoder.layer.0.mlp.fc2.weight': [12, mlpDim]
	};
	return (name) => known[name] ?? (name.startsWith('encoder') ? undefined : huggingfaceShapes('')(name));
}

const huggingface = {
	model_type: 'vit',
	image_size: 24,
	num_attention_heads: 4,
	layer_norm_eps: 1e-12,
	hidden_act: 'gelu'
};

describe('the configuration of a timm checkpoint', () => {
	it('takes sizes from the weights and settings from the file', () => {
		const { config, names } = read(timmConfig(), null, timmShapes);
		expect(names.naming).toBe('timm');
		expect(config).toMatchObject({
			imageSize: [20, 20],
			patchSize: 5,
			depth: 2,
			heads: 3,
			dim: 15,
			mlpDim: 22,
			classes: 7
		});
		expect(config).toMatchObject({ qkvBias: true, layerNormEps: 1e-6, channels: 3 });
		expect(config.preprocess).toMatchObject({ size: [20, 20], cropPct: 0.9, mean: [0.5, 0.5, 0.5] });
	});

	it.each([
		['vit_tiny_patch16_224', 3],
		['deit_tiny_patch16_224', 3],
		['vit_giant_patch14_dinov2', 24],
		['vit_base_patch16_plus_240', 14]
	])('knows the heads of %s by its name', (architecture, heads) => {
		const dim = 5 * heads;
		const shapes = shapesOf(timmTensors({ ...SIZES, dim }));
		const { config } = read(
			{ ...timmConfig(), model_args: { img_size: 20, embed_dim: dim }, architecture },
			null,
			shapes
		);
		expect(config.heads).toBe(heads);
	});
});

describe('what the head of a timm checkpoint reads', () => {
	const tensors = timmTensors();
	const late = tensors.map((one) => ({ ...one, name: one.name.replace(/^norm\./, 'fc_norm.') }));
	const poolingOf = (change: object, shapes = timmShapes) =>
		read({ ...timmConfig(), ...change }, null, shapes).config.pooling;

	it('is what it was told, then what pretrained_cfg says, and only then what stands at the top', () => {
		const pretrained_cfg = { input_size: [3, 20, 20], global_pool: 'avg' };
		expect(poolingOf({ pretrained_cfg })).toBe('mean');
		expect(poolingOf({ pretrained_cfg, global_pool: 'token' })).toBe('mean');
		expect(poolingOf({ global_pool: 'avg' })).toBe('mean');
		const model_args = { img_size: 20, num_heads: 3, global_pool: 'token' };
		expect(poolingOf({ pretrained_cfg, model_args })).toBe('cls');
		expect(() => poolingOf({ pretrained_cfg: { ...pretrained_cfg, global_pool: 'max' } })).toThrow(/pooling 'max'/);
	});

	it('is the mean where nobody says it and the norm comes after the pooling, and CLS otherwise', () => {
		expect(poolingOf({}, shapesOf(late))).toBe('mean');
		expect(poolingOf({})).toBe('cls');
		expect(poolingOf({ global_pool: 'token' }, shapesOf(late))).toBe('cls');
		expect(poolingOf({ architecture: 'eva_large_patch14_196' })).toBe('mean');
	});
});

describe('how positions are fitted to another grid', () => {
	it.each([
		['vit_made_up', 'antialiased'],
		['flexivit_small', 'bilinear']
	])('%s: %s', (architecture, resampling) => {
		expect(read({ ...timmConfig(), architecture }, null, timmShapes).config.positions.resampling).toBe(resampling);
	});
});

describe('the configuration of a Hugging Face checkpoint', () => {
	it.each(['vit.', ''])('is read under the prefix "%s"', (prefix) => {
		const { config, names } = read(huggingface, null, huggingfaceShapes(prefix));
		expect(names.naming).toBe('huggingface');
		expect(config).toMatchObject({ imageSize: [24, 24], heads: 4, dim: 12, qkvBias: false, layerNormEps: 1e-12 });
		expect(config.classes).toBe(prefix ? 9 : 0);
	});

	it('takes the preprocessing from preprocessor_config.json', () => {
		const json = {
			size: { height: 24, width: 24 },
			resample: 3,
			image_mean: [0.1, 0.2, 0.3],
			image_std: [0.4, 0.5, 0.6]
		};
		const { config } = read(huggingface, json, huggingfaceShapes(''));
		expect(config.preprocess).toMatchObject({
			interpolation: 'bicubic',
			resize: { rule: 'squash', to: [24, 24] },
			mean: [0.1, 0.2, 0.3],
			std: [0.4, 0.5, 0.6]
		});
	});

	it('crops the centre where the file asks for it', () => {
		const json = { size: { shortest_edge: 32 }, do_center_crop: true, crop_size: { height: 24, width: 24 } };
		const { config } = read(huggingface, json, huggingfaceShapes(''));
		expect(config.preprocess).toMatchObject({ resize: { rule: 'shorter', edge: 32 }, crops: [[24, 24]] });
		expect(config.imageSize).toEqual([24, 24]);
	});
});

describe('a configuration that we do not run', () => {
	const hf = (change: object) => () => read({ ...huggingface, ...change }, null, huggingfaceShapes(''));
	const timm = (change: object) => () => read({ ...timmConfig(), ...change }, null, timmShapes);
	it.each<[string, () => unknown, RegExp]>([
		['unknown weights', () => planCheckpoint(huggingface, null, new Map()), /not those of a Vision Transformer/],
		['another family', hf({ model_type: 'bert' }), /architecture 'bert'/],
		['another activation', hf({ hidden_act: 'relu' }), /'relu'/],
		['heads that do not divide the width', hf({ num_attention_heads: 5 }), /5 heads.*width 12/],
		['no whole number of heads', hf({ num_attention_heads: 2.5 }), /'num_attention_heads' = 2.5/],
		['an image that patches do not fill', hf({ image_size: 30 }), /side of 30.*patches of 8/],
		['a negative epsilon', hf({ layer_norm_eps: -1 }), /'layer_norm_eps' = -1/],
		['a timm architecture that is no ViT', timm({ architecture: 'resnet50' }), /architecture 'resnet50'/],
		['an unknown number of heads', timm({ model_args: {} }), /how many heads 'vit_made_up' has/],
		['an odd interpolation', timm({ pretrained_cfg: { interpolation: 'random' } }), /'interpolation' = "random"/],
		['nothing of the photo', timm({ pretrained_cfg: { input_size: [3, 20, 20], crop_pct: 21 } }), /'crop_pct' = 21/],
		['a mean of two numbers', timm({ pretrained_cfg: { input_size: [3, 20, 20], mean: [1, 2] } }), /'mean' = \[1,2\]/]
	])('%s is refused', (_, read, says) => {
		expect(read).toThrow(says);
	});
});

describe('a config.json that says sizes', () => {
	const said = {
		hidden_size: 12,
		num_hidden_layers: 1,
		patch_size: [8, 8],
		num_channels: 3,
		intermediate_size: 40,
		qkv_bias: false,
		// Which labels there are is no size; they are left out where they are not as many as the head’s outputs.
		id2label: { 0: 'LABEL_0', 1: 'LABEL_1' }
	};
	const hfFiles = (change: object) =>
		[{ ...huggingface, ...said, ...change }, null, huggingfaceShapes('vit.')] as const;
	const hf = (change: object) => read(...hfFiles(change));
	const args = { img_size: 20, num_heads: 3, embed_dim: 15, depth: 2, patch_size: 5, in_chans: 3, qkv_bias: true };
	const timmFiles = (change: object, rest: object = {}) =>
		[{ ...timmConfig(), ...rest, model_args: { ...args, mlp_ratio: 22 / 15, ...change } }, null, timmShapes] as const;
	const timm = (change: object, rest?: object) => read(...timmFiles(change, rest));

	it('is taken where they are those of the weights, and where it says nothing of them', () => {
		expect(hf({}).config).toMatchObject({ depth: 1, dim: 12, classes: 9 });
		expect(hf({ hidden_size: null, num_register_tokens: 4 }).config.dim).toBe(12);
		expect(timm({}).config).toMatchObject({ depth: 2, mlpDim: 22 });
		expect(timm({ embed_dim: undefined }, { architecture: 'vit_small_patch5' }).config.dim).toBe(15);
		expect(timm({ reg_tokens: 4 }, { num_classes: 1000 }).config).toMatchObject({ registers: 0, classes: 7 });
	});

	const gated = { mlp_ratio: 5, use_swiglu_ffn: true, image_size: 48 };
	it.each([
		['a plain MLP', { mlp_ratio: 2 }, 24, 24],
		['a gated one', gated, 80, 40]
	])('is taken of a DINOv2 with %s, whose hidden width follows from a ratio', (_, change, outputs, mlpDim) => {
		const json = { ...huggingface, ...said, ...change, model_type: 'dinov2' };
		expect(read(json, null, dinoShapes(outputs, mlpDim)).config.mlpDim).toBe(mlpDim);
		expect(() => read({ ...json, mlp_ratio: 3.5 }, null, dinoShapes(outputs, mlpDim))).toThrow(
			/hidden features in each/
		);
	});

	it.each<[() => unknown, string]>([
		[() => hf({ num_hidden_layers: 12 }), 'says 12 blocks, and the weights have 1 block'],
		[() => hf({ hidden_size: 24 }), 'says a width of 24, and the weights have a width of 12'],
		[() => hf({ patch_size: 4 }), 'says patches of 4 pixels, and the weights have patches of 8 pixels'],
		[() => hf({ num_channels: 1 }), 'says 1 colour channel, and the weights have 3 colour channels'],
		[() => hf({ intermediate_size: 48 }), 'says 48 hidden features in each MLP, and the weights have 40'],
		[() => hf({ qkv_bias: true }), 'says biases for query, key and value, and the weights have no biases'],
		[
			() => hf({ image_size: 32 }),
			'says positions for 4 × 4 patches, and the weights have positions for 3 × 3 patches'
		],
		[() => hf({ model_type: 'dinov2' }), "says the architecture 'dinov2', and the weights have the architecture 'vit'"],
		[
			() => readFiles(...hfFiles({ model_type: 'swin' })),
			"says the architecture 'swin', and the weights have that of a ViT"
		],
		[() => timm({ depth: 12 }), 'says 12 blocks, and the weights have 2 blocks'],
		[() => timm({ embed_dim: 30 }), 'says a width of 30'],
		[() => timm({ embed_dim: undefined }, { num_features: 192 }), 'says a width of 192'],
		[
			() => timm({ embed_dim: undefined, num_heads: undefined }, { architecture: 'vit_small_patch5' }),
			"says the architecture 'vit_small_patch5', which stands for a width of 384, and the weights have a width of 15"
		],
		[() => timm({ patch_size: 16 }), 'says patches of 16 pixels'],
		[() => timm({ mlp_ratio: 4 }), 'says 60 hidden features in each MLP'],
		[
			() => readFiles(...timmFiles({}, { architecture: 'swin_tiny_patch4_window7_224' })),
			"says the architecture 'swin_tiny"
		]
	])('is refused beside other weights (%#)', (read, says) => {
		expect(read).toThrow(`These two files don’t belong together: config.json ${says}`);
	});
});
