import { describe, expect, it } from 'vitest';
import { timmConfig, timmTensors } from '../testing/checkpoint';
import { readCheckpoint } from '../families';
import type { ShapeOf } from './fields';
import { readConfig } from './read-config';

/** What is read of a checkpoint that is of this family. */
function read(...files: Parameters<typeof readConfig>) {
	const found = readConfig(...files);
	if (!found) throw new Error('The weights have other names.');
	return found;
}

const shapes = new Map(timmTensors().map(({ name, shape }) => [name, shape]));
const timmShapes: ShapeOf = (name) => shapes.get(name);

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
	return (name) => known[name];
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
		expect(config.preprocess).toEqual({
			size: [20, 20],
			cropPct: 0.9,
			interpolation: 'bicubic',
			fit: 'shorter',
			mean: [0.5, 0.5, 0.5],
			std: [0.5, 0.5, 0.5]
		});
	});

	it.each([
		['vit_tiny_patch16_224', 3],
		['deit_tiny_patch16_224', 3]
	])('knows the heads of %s by its name', (architecture, heads) => {
		const { config } = read({ ...timmConfig(), model_args: { img_size: 20 }, architecture }, null, timmShapes);
		expect(config.heads).toBe(heads);
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
			fit: 'squash',
			mean: [0.1, 0.2, 0.3],
			std: [0.4, 0.5, 0.6]
		});
	});

	it('crops the centre when the shortest edge is given', () => {
		for (const edge of [24, 25, 32, 354, 375, 400]) {
			const json = { size: { shortest_edge: edge }, crop_size: { height: 24, width: 24 }, resample: 3 };
			const { config } = read(huggingface, json, huggingfaceShapes(''));
			expect(config.preprocess.fit).toBe('shorter');
			expect(Math.floor(24 / config.preprocess.cropPct)).toBe(edge);
		}
	});
});

describe('a configuration that we do not run', () => {
	const hf = (change: object) => () => read({ ...huggingface, ...change }, null, huggingfaceShapes(''));
	const timm = (change: object) => () => read({ ...timmConfig(), ...change }, null, timmShapes);
	it.each<[string, () => unknown, RegExp]>([
		['unknown weights', () => readCheckpoint(huggingface, null, () => undefined), /not those of a Vision Transformer/],
		['another family', hf({ model_type: 'bert' }), /architecture 'bert'/],
		['another activation', hf({ hidden_act: 'gelu_new' }), /'gelu_new'/],
		['heads that do not divide the width', hf({ num_attention_heads: 5 }), /5 heads.*width 12/],
		['no whole number of heads', hf({ num_attention_heads: 2.5 }), /'num_attention_heads' = 2.5/],
		['an image that patches do not fill', hf({ image_size: 30 }), /side of 30.*patches of 8/],
		['a negative epsilon', hf({ layer_norm_eps: -1 }), /'layer_norm_eps' = -1/],
		['a timm architecture that is no ViT', timm({ architecture: 'resnet50' }), /architecture 'resnet50'/],
		['an unknown number of heads', timm({ model_args: {} }), /how many heads 'vit_made_up' has/],
		['an odd interpolation', timm({ pretrained_cfg: { interpolation: 'nearest' } }), /interpolation "nearest"/],
		[
			'more than the whole photo',
			timm({ pretrained_cfg: { input_size: [3, 20, 20], crop_pct: 1.2 } }),
			/'crop_pct' = 1.2/
		],
		['a mean of two numbers', timm({ pretrained_cfg: { input_size: [3, 20, 20], mean: [1, 2] } }), /'mean' = \[1,2\]/]
	])('%s is refused', (_, read, says) => {
		expect(read).toThrow(says);
	});
});
