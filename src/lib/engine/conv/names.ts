import { layer, type LayerNames } from '../checkpoint/layer-names';
import type { ConvNames } from '../checkpoint/tensor-maker';

/** Where one block's tensors are in a file. */
export interface ConvBlockNames {
	readonly layers: readonly ConvNames[];
	/** Null where the file has none for this block. */
	readonly shortcut: ConvNames | null;
}

/** Where a CNN's tensors are in a file. */
export interface ConvFileNames {
	/** The library and the kind whose names they are. */
	readonly of: 'timm resnet' | 'transformers resnet' | 'timm mobilenet' | 'transformers mobilenet';
	readonly stem: readonly ConvNames[];
	readonly stages: readonly (readonly ConvBlockNames[])[];
	readonly head: ConvNames | null;
	readonly classifier: LayerNames;
}

/** Training's own account of its batches, which no run reads. */
export const UNUSED = /\.num_batches_tracked$/;

type Has = (name: string) => boolean;

/** What is there of a list without an end, up to the first that is not. */
function counted<T>(make: (i: number) => T, isThere: (made: T) => boolean): T[] {
	const all: T[] = [];
	for (let next = make(0); isThere(next); next = make(all.length)) all.push(next);
	return all;
}

/** A block's layers without those that some blocks have and this one has not; the others must be there. */
const without = (layers: readonly ConvNames[], optional: number, has: Has) =>
	layers.filter(({ conv }, i) => i !== optional || has(`${conv}.weight`));
const begins = (has: Has) => (block: ConvBlockNames) =>
	block.layers.length > 0 && has(`${block.layers[0]?.conv}.weight`);
const isStage = (blocks: readonly ConvBlockNames[]) => blocks.length > 0;

/** What makes a bottleneck of a block of a ResNet. */
const THIRD = 2;

function timmResNet(has: Has): ConvFileNames {
	const pairs: readonly ConvNames[] = [
		{ conv: 'conv1.0', norm: 'conv1.1' },
		{ conv: 'conv1.3', norm: 'conv1.4' },
		{ conv: 'conv1.6', norm: 'bn1' }
	];
	const isDeep = has('conv1.0.weight');
	const block = (stem: string): ConvBlockNames => {
		const layers = [1, 2, 3].map((i) => ({ conv: `${stem}.conv${i}`, norm: `${stem}.bn${i}` }));
		// A mean before the shortcut's convolution has a place in the list, and no weights.
		const [conv, norm] = has(`${stem}.downsample.1.running_mean`) ? [0, 1] : [1, 2];
		const shortcut = { conv: `${stem}.downsample.${conv}`, norm: `${stem}.downsample.${norm}` };
		return { layers: without(layers, THIRD, has), shortcut: has(`${shortcut.conv}.weight`) ? shortcut : null };
	};
	return {
		of: 'timm resnet',
		stem: isDeep ? pairs : [{ conv: 'conv1', norm: 'bn1' }],
		stages: counted((s) => counted((b) => block(`layer${s + 1}.${b}`), begins(has)), isStage),
		head: null,
		classifier: layer('fc')
	};
}

const inTransformers = (stem: string): ConvNames => ({ conv: `${stem}.convolution`, norm: `${stem}.normalization` });

function transformersResNet(has: Has): ConvFileNames {
	const block = (stem: string): ConvBlockNames => {
		const shortcut = inTransformers(`${stem}.shortcut`);
		return {
			layers: without(
				[0, 1, 2].map((i) => inTransformers(`${stem}.layer.${i}`)),
				THIRD,
				has
			),
			shortcut: has(`${shortcut.conv}.weight`) ? shortcut : null
		};
	};
	return {
		of: 'transformers resnet',
		stem: [inTransformers('embedder.embedder')],
		stages: counted((s) => counted((b) => block(`encoder.stages.${s}.layers.${b}`), begins(has)), isStage),
		head: null,
		classifier: layer('classifier.1')
	};
}

function timmMobileNet(has: Has): ConvFileNames {
	const block = (stem: string): ConvBlockNames => {
		const isFirst = !has(`${stem}.conv_pwl.weight`);
		const convs = isFirst ? ['conv_dw', 'conv_pw'] : ['conv_pw', 'conv_dw', 'conv_pwl'];
		return {
			layers: convs.map((conv, i) => ({ conv: `${stem}.${conv}`, norm: `${stem}.bn${i + 1}` })),
			shortcut: null
		};
	};
	return {
		of: 'timm mobilenet',
		stem: [{ conv: 'conv_stem', norm: 'bn1' }],
		stages: counted((s) => counted((b) => block(`blocks.${s}.${b}`), begins(has)), isStage),
		head: { conv: 'conv_head', norm: 'bn2' },
		classifier: layer('classifier')
	};
}

/** Blocks of each stage after the first, of which transformers' file has one list: table 2 of the paper. */
const DEPTHS = [2, 3, 4, 3, 3, 1];

function transformersMobileNet(has: Has): ConvFileNames {
	const parts = ['expand_1x1', 'conv_3x3', 'reduce_1x1'];
	const block = (stem: string): ConvBlockNames => ({
		layers: without(
			parts.map((part) => inTransformers(`${stem}.${part}`)),
			0,
			has
		),
		shortcut: null
	});
	const stages = DEPTHS.map((depth, s) => {
		const before = DEPTHS.slice(0, s).reduce((sum, blocks) => sum + blocks, 0);
		return Array.from({ length: depth }, (_, b) => block(`layer.${before + b}`));
	});
	return {
		of: 'transformers mobilenet',
		stem: [inTransformers('conv_stem.first_conv')],
		stages: [[block('conv_stem')], ...stages],
		head: inTransformers('conv_1x1'),
		classifier: layer('classifier')
	};
}

/** Each kind by one of its tensors. */
const KNOWN: readonly (readonly [first: string, names: (has: Has) => ConvFileNames])[] = [
	['layer1.0.conv1.weight', timmResNet],
	['encoder.stages.0.layers.0.layer.0.convolution.weight', transformersResNet],
	['blocks.0.0.conv_dw.weight', timmMobileNet],
	['conv_stem.first_conv.convolution.weight', transformersMobileNet]
];

/** Every naming of a CNN that we know, told apart by the files themselves. */
export function detectConvNames(has: Has): ConvFileNames | null {
	return KNOWN.find(([first]) => has(first))?.[1](has) ?? null;
}
