import type { ConvBlockConfig, ConvConfig, ConvLayerConfig } from '../../src/lib/engine/conv/config.ts';

type Does = Partial<Pick<ConvLayerConfig, 'kernel' | 'stride' | 'depthwise' | 'bend'>>;

const layer = (name: string, inputs: number, outputs: number, does: Does = {}): ConvLayerConfig => ({
	...{ name, inputs, outputs, kernel: 1, stride: 1, depthwise: false, bend: 'relu6' },
	...does
});

/** Two 3 x 3 convolutions. */
function basic(inputs: number, outputs: number, stride: number): ConvBlockConfig {
	const isSame = inputs === outputs && stride === 1;
	return {
		layers: [
			layer('conv1', inputs, outputs, { kernel: 3, stride, bend: 'relu' }),
			layer('conv2', outputs, outputs, { kernel: 3, bend: null })
		],
		shortcut: isSame ? 'identity' : { layer: layer('shortcut', inputs, outputs, { stride, bend: null }), mean: 1 },
		relu: true
	};
}

/** @param widening of the hidden layer; 1 for none, and no layer that widens */
function inverted(inputs: number, outputs: number, stride: number, widening: number): ConvBlockConfig {
	const hidden = widening * inputs;
	return {
		layers: [
			...(widening > 1 ? [layer('expand', inputs, hidden)] : []),
			layer('depthwise', hidden, hidden, { kernel: 3, stride, depthwise: true }),
			layer('project', hidden, outputs, { bend: null })
		],
		shortcut: inputs === outputs && stride === 1 ? 'identity' : 'none',
		relu: false
	};
}

/** What a CNN's configuration says of its layers. */
type Layers = Pick<ConvConfig, 'family' | 'patchSize' | 'padding' | 'stem' | 'stemPool' | 'stages' | 'head'>;

/** He et al. 2016, table 1. */
export const RESNET_18: Layers = {
	family: 'conv',
	patchSize: 32,
	padding: 'symmetric',
	stem: [layer('conv1', 3, 64, { kernel: 7, stride: 2, bend: 'relu' })],
	stemPool: true,
	stages: [64, 128, 256, 512].map((width, s) => [
		basic(s === 0 ? width : width / 2, width, s === 0 ? 1 : 2),
		basic(width, width, 1)
	]),
	head: null
};

/** Sandler et al. 2018, table 2: width, blocks, and the stride of the first. */
const STAGES = [
	[16, 1, 1],
	[24, 2, 2],
	[32, 3, 2],
	[64, 4, 2],
	[96, 3, 1],
	[160, 3, 2],
	[320, 1, 1]
] as const;

export const MOBILENET_V2: Layers = {
	family: 'conv',
	patchSize: 32,
	padding: 'one-sided',
	stem: [layer('conv1', 3, 32, { kernel: 3, stride: 2 })],
	stemPool: false,
	stages: STAGES.map(([width, blocks, stride], s) => {
		const before = STAGES[s - 1]?.[0] ?? 32;
		return Array.from({ length: blocks }, (_, b) =>
			inverted(b === 0 ? before : width, width, b === 0 ? stride : 1, s === 0 ? 1 : 6)
		);
	}),
	head: layer('head', 320, 1280)
};
