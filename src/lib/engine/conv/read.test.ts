import { describe, expect, it } from 'vitest';
import { planCheckpoint } from '../checkpoint/plan';
import type { TensorToWrite } from '../checkpoint/safetensors';
import { convConfig, mobileNetTensors, resNetTensors } from '../testing/conv-checkpoint';
import { convBlocks, featureMaps, type ConvConfig } from './config';

type Shapes = readonly Pick<TensorToWrite, 'name' | 'shape'>[];

function read(config: object, tensors: Shapes, preprocessor: unknown = null): ConvConfig {
	const table = new Map(tensors.map((tensor) => [tensor.name, { ...tensor, dtype: 'F32' }]));
	const { config: found } = planCheckpoint(config, preprocessor, table);
	if (found.family !== 'conv') throw new Error('That is no CNN.');
	return found;
}

const resNet = (args: object = {}, tensors: Shapes = resNetTensors()) => read(convConfig('resnet26t', args), tensors);
const mobileNet = (args: object = {}, tensors: Shapes = mobileNetTensors()) =>
	read(convConfig('mobilenetv2_035', args), tensors);

/** The same with the shape of one tensor another. */
const reshaped = (tensors: Shapes, name: string, ...shape: number[]): Shapes =>
	tensors.map((tensor) => (tensor.name === name ? { name, shape } : tensor));

/** A convolution with its norm under transformers' names. */
const conv = (stem: string, outputs: number, inputs: number, kernel: number): Shapes => [
	{ name: `${stem}.convolution.weight`, shape: [outputs, inputs, kernel, kernel] },
	...['weight', 'bias', 'running_mean', 'running_var'].map((part) => ({
		name: `${stem}.normalization.${part}`,
		shape: [outputs]
	})),
	{ name: `${stem}.normalization.num_batches_tracked`, shape: [] }
];

/** transformers' ResNet of one bottleneck in each of two stages. */
const TRANSFORMERS: Shapes = [
	...conv('resnet.embedder.embedder', 4, 3, 7),
	...[0, 1].flatMap((stage) => {
		const stem = `resnet.encoder.stages.${stage}.layers.0`;
		const [read = 0, made = 0] = [[4, 8] as const, [8, 12] as const][stage] ?? [];
		return [
			...conv(`${stem}.shortcut`, made, read, 1),
			...conv(`${stem}.layer.0`, 2, read, 1),
			...conv(`${stem}.layer.1`, 2, 2, 3),
			...conv(`${stem}.layer.2`, made, 2, 1)
		];
	}),
	{ name: 'classifier.1.weight', shape: [3, 12] },
	{ name: 'classifier.1.bias', shape: [3] }
];
const transformers = (keys: object = {}) => read({ model_type: 'resnet', ...keys }, TRANSFORMERS);

/** The strides of a block's layers. */
const stridesOf = (config: ConvConfig, block: number) => convBlocks(config)[block]?.block.layers.map((l) => l.stride);

describe('the configuration of a ResNet', () => {
	it('has its stem, blocks and shortcuts from the weights', () => {
		const config = resNet();
		expect(config).toMatchObject({ padding: 'symmetric', layerNormEps: 1e-5, patchSize: 16, classes: 5, head: null });
		expect(config.stem.map(({ stride, outputs }) => [stride, outputs])).toEqual([
			[2, 3],
			[1, 4],
			[1, 6]
		]);
		const shortcuts = convBlocks(config).map(({ block: { shortcut } }) => shortcut);
		expect(shortcuts).toMatchObject(['identity', { mean: 1, layer: { stride: 2 } }, { mean: 2, layer: { stride: 1 } }]);
		expect([0, 1, 2].map((block) => stridesOf(config, block))).toEqual([
			[1, 1],
			[2, 1],
			[1, 2, 1]
		]);
		expect(featureMaps(config).at(-1)).toEqual({ name: 'stages.2.blocks.0.out', rows: 3, columns: 4, channels: 9 });
	});

	it('of transformers halves its maps where its file says', () => {
		expect([0, 1].map((block) => stridesOf(transformers(), block))).toEqual([
			[1, 1, 1],
			[1, 2, 1]
		]);
		const early = transformers({ downsample_in_first_stage: true, downsample_in_bottleneck: true });
		expect([0, 1].map((block) => stridesOf(early, block))).toEqual([
			[2, 1, 1],
			[2, 1, 1]
		]);
	});

	it.each([
		[{ layers: [2, 1, 1] }, '[2,1,1] blocks in its stages, and the weights have [1,1,1]'],
		[{ channels: [6, 7, 4] }, 'widths of [6,7,4], and the weights have widths of [6,7,3]'],
		[{ act_layer: 'silu' }, '\'act_layer\' = "silu" in model_args, which we don’t run'],
		[{ aa_layer: 'blurpool' }, '\'aa_layer\' = "blurpool"'],
		[{ output_stride: 16 }, "'output_stride' = 16"],
		[{ cardinality: 32 }, "'cardinality' = 32"],
		[{ global_pool: 'max' }, '\'global_pool\' = "max"'],
		[{ mixer: 1 }, "'mixer' = 1 in model_args, which we don’t know"]
	])('of timm with %j is refused', (args, says) => expect(() => resNet(args)).toThrow(says));

	it.each([
		[{ hidden_act: 'gelu' }, '\'hidden_act\' = "gelu", and we run "relu"'],
		[{ downsample_in_bottleneck: 1 }, 'which is neither true nor false'],
		[{ layer_type: 'basic' }, 'blocks of the kind "basic", and the weights have blocks of the kind "bottleneck"'],
		[{ hidden_sizes: [8, 16] }, 'widths of [8,16], and the weights have widths of [8,12]'],
		[{ embedding_size: 5 }, 'a width of 5']
	])('of transformers with %j is refused', (keys, says) => expect(() => transformers(keys)).toThrow(says));

	it.each(['resnetaa50', 'resnetblur50', 'resnet50_gn', 'resnext50_32x4d', 'resnetv2_50'])(
		'is not that of timm’s %s, which does something that no weight shows',
		(name) => expect(() => read(convConfig(name), resNetTensors())).toThrow(`is for the architecture '${name}'`)
	);
});

describe('the configuration of a MobileNetV2', () => {
	it('adds where a block keeps its shape, and halves its maps as the paper does', () => {
		const config = mobileNet();
		const adds = convBlocks(config).map(({ block: { shortcut } }) => shortcut);
		expect(adds).toEqual(['none', 'none', 'identity', 'none', 'none', 'none', 'none', 'none']);
		expect(config).toMatchObject({ padding: 'symmetric', layerNormEps: 1e-5, patchSize: 32, head: { outputs: 11 } });
		expect(stridesOf(config, 1)).toEqual([1, 2, 1]);
	});

	it('lays its zeros where the file says, and norms by its epsilon', () => {
		expect(mobileNet({ pad_type: 'same', bn_eps: 0.001 })).toMatchObject({ padding: 'one-sided', layerNormEps: 0.001 });
		expect(mobileNet({ pad_type: '' }).padding).toBe('symmetric');
		expect(() => mobileNet({ pad_type: 'valid' })).toThrow(
			"'pad_type' = \"valid\" in model_args, and we run '' and 'same'"
		);
	});
});

describe('weights that do not fit each other', () => {
	it.each([
		[
			reshaped(resNetTensors(), 'layer1.0.conv2.weight', 6, 5, 3, 3),
			"'stages.0.blocks.0.conv2' are for 5 channels, and there are 6"
		],
		[reshaped(resNetTensors(), 'conv1.0.weight', 3, 1, 3, 3), 'for pictures of 1 channel, and photos have 3'],
		[reshaped(resNetTensors(), 'layer1.0.conv1.weight', 6, 6, 2, 2), 'can’t convolve by'],
		[reshaped(resNetTensors(), 'layer2.0.downsample.0.weight', 8, 6, 1, 1), 'for 8 channels, and there are 7'],
		[
			[...resNetTensors(), { name: 'layer1.0.se.fc1.weight', shape: [1] }],
			"'layer1.0.se.fc1.weight', which this architecture has no place for"
		],
		[resNetTensors().filter(({ name }) => name !== 'bn1.running_var'), "lacks 'bn1.running_var'"]
	])('are told by the layer', (tensors, says) => expect(() => resNet({}, tensors)).toThrow(says));

	it('are told where a layer is missing with all that is its', () => {
		const gone = (tensors: Shapes, pattern: RegExp) => tensors.filter(({ name }) => !pattern.test(name));
		expect(() => resNet({}, gone(resNetTensors(), /^layer1\.0\.(conv|bn)2\./))).toThrow(
			"The weight 'layer1.0.conv2.weight' is missing"
		);
		expect(() => read({ model_type: 'resnet' }, gone(TRANSFORMERS, /stages\.0\.layers\.0\.layer\.1\./))).toThrow(
			"layer.1.convolution.weight' is missing"
		);
		const first = conv('mobilenet_v2.conv_stem.first_conv', 4, 3, 3);
		expect(() => read({ model_type: 'mobilenet_v2' }, first)).toThrow("conv_3x3.convolution.weight' is missing");
	});

	it('are told by the number of stages, too', () => {
		const fewer = mobileNetTensors().filter(({ name }) => !name.startsWith('blocks.6.'));
		expect(() => mobileNet({}, fewer)).toThrow('The weights have 6 stages, and a MobileNetV2 has 7');
	});
});
