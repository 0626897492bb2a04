import { PatchworkError } from '../../base/errors';
import { counted } from '../checkpoint/agree';
import { bad, shapeWithAxes, type Json, type ShapeOf } from '../checkpoint/fields';
import type { ConvNames } from '../checkpoint/tensor-maker';
import type { Reader, Reading } from '../reader';
import { scoresOf } from '../scores';
import type { Bend } from '../ops/convolution';
import { checkConvAgreement } from './claims';
import { lastMap, pixelsAPlace, type ConvBlockConfig, type ConvConfig, type ConvLayerConfig } from './config';
import { loadConv } from './load';
import { checkConvSize } from './memory';
import { detectConvNames, type ConvBlockNames, type ConvFileNames } from './names';
import { settingsOf, TIMM_MOBILENET, TIMM_RESNET, type ConvSettings } from './settings';

/** ResNets and MobileNetV2s. */
export const convReader: Reader<ConvConfig, ConvFileNames> = {
	title: 'CNN',
	kinds: ['ResNet', 'MobileNetV2'],
	timm: new RegExp(`${TIMM_RESNET.source}|${TIMM_MOBILENET.source}`),
	transformers: ['resnet', 'mobilenet_v2'],
	otherwise: () => null,
	recognises: (shapeOf) => namesIn(shapeOf) !== null,
	read: readConv,
	ask({ config, names }, tensors) {
		loadConv(config, names, tensors);
	},
	headPlace({ config, names }) {
		return { layer: names.classifier, inputs: lastMap(config).channels, second: null, through: false };
	}
};

const namesIn = (shapeOf: ShapeOf) => detectConvNames((name) => shapeOf(name) !== undefined);

/**
 * Reads what a CNN's checkpoint is. Widths, kernels, depths, the kinds of its blocks and of its stem come from the weights'
 * shapes alone; where the strides are is the architecture's, and where the zeros are its small files say.
 */
function readConv(json: Json, preprocessor: unknown, shapeOf: ShapeOf): Reading<ConvConfig, ConvFileNames> {
	const names = namesIn(shapeOf);
	if (!names) throw new Error('These weights are not under the names of a CNN.');
	const settings = settingsOf(json, preprocessor, names.of);
	const { imageSize, preprocess, eps, padding } = settings;
	const isResNet = names.of.endsWith('resnet');
	const layers = isResNet ? resNet(names, settings, shapeOf) : mobileNet(names, shapeOf);
	const classes = shapeOf(names.classifier.weight[0] ?? '')?.[0] ?? 0;
	const config: ConvConfig = {
		family: 'conv',
		...{ imageSize, preprocess, padding, classes, layerNormEps: eps, gelu: 'erf', channels: 3 },
		...layers,
		patchSize: pixelsAPlace(layers),
		scores: scoresOf(json, classes)
	};
	checkFits(config);
	checkConvAgreement(json, config);
	checkConvSize(config);
	return { config, names };
}

type Layers = Pick<ConvConfig, 'stem' | 'stemPool' | 'stages' | 'head'>;

/** What a layer does beside what its weights show. */
type Does = Pick<ConvLayerConfig, 'name' | 'stride' | 'bend'> & { readonly depthwise?: boolean };

function layerFrom(shapeOf: ShapeOf, { conv }: ConvNames, does: Does): ConvLayerConfig {
	const { depthwise = false } = does;
	const [outputs = 0, each = 0, kernel = 0, columns = 0] = shapeWithAxes(shapeOf, `${conv}.weight`, 4);
	const fits = kernel === columns && kernel % 2 === 1 && outputs > 0 && each > 0 && (!depthwise || each === 1);
	if (!fits) {
		throw new PatchworkError(
			'checkpoint',
			`The weight '${conv}.weight' has the shape [${[outputs, each, kernel, columns].join(', ')}], which this model can’t convolve by. Choose another model.`
		);
	}
	return { ...does, depthwise, inputs: depthwise ? outputs : each, outputs, kernel };
}

/** He et al. 2016, with timm's deep stem: stride 2 in the stem's first layer, its pooling, and before each further stage. */
function resNet(names: ConvFileNames, settings: ConvSettings, shapeOf: ShapeOf): Layers {
	const stem = names.stem.map((layer, i) =>
		layerFrom(shapeOf, layer, { name: `conv${i + 1}`, stride: i === 0 ? 2 : 1, bend: 'relu' })
	);
	const stages = names.stages.map((blocks, s) =>
		blocks.map((block, b) => {
			const halves = b === 0 && (s > 0 || settings.halvesFirst);
			return resNetBlock(block, halves ? 2 : 1, settings, shapeOf);
		})
	);
	return { stem, stemPool: true, stages, head: null };
}

function resNetBlock(
	{ layers, shortcut }: ConvBlockNames,
	stride: number,
	{ halvesAtOnce }: ConvSettings,
	shapeOf: ShapeOf
): ConvBlockConfig {
	const halving = layers.length === 3 && !halvesAtOnce ? 1 : 0;
	const made = layers.map((layer, i) => {
		const bend: Bend = i < layers.length - 1 ? 'relu' : null;
		return layerFrom(shapeOf, layer, { name: `conv${i + 1}`, stride: i === halving ? stride : 1, bend });
	});
	if (!shortcut) return { layers: made, shortcut: 'identity', relu: true };
	// timm counts what stands in a shortcut: where its convolution is the second thing, a mean comes first.
	const mean = shortcut.conv.endsWith('downsample.1') ? stride : 1;
	const layer = layerFrom(shapeOf, shortcut, { name: 'shortcut', stride: stride / mean, bend: null });
	return { layers: made, shortcut: { layer, mean }, relu: true };
}

/** Strides of the first block of each stage: table 2 of Sandler et al. 2018. */
const STRIDES = [1, 2, 2, 2, 1, 2, 1];

function mobileNet(names: ConvFileNames, shapeOf: ShapeOf): Layers {
	if (names.stages.length !== STRIDES.length) {
		throw new PatchworkError(
			'checkpoint',
			`The weights have ${counted('stage')(names.stages.length)}, and a MobileNetV2 has ${STRIDES.length}. Choose another model.`
		);
	}
	const stages = names.stages.map((blocks, s) =>
		blocks.map((block, b) => {
			// Where transformers' stem ends, nothing is added, whatever its widths.
			const adds = !(s === 0 && names.of === 'transformers mobilenet');
			return invertedResidual(block, b === 0 ? (STRIDES[s] ?? 1) : 1, adds, shapeOf);
		})
	);
	return {
		stem: names.stem.map((layer) => layerFrom(shapeOf, layer, { name: 'conv1', stride: 2, bend: 'relu6' })),
		stemPool: false,
		stages,
		head: names.head && layerFrom(shapeOf, names.head, { name: 'head', stride: 1, bend: 'relu6' })
	};
}

/** @param adds whether what the block reads is added, where it has the shape for it */
function invertedResidual(block: ConvBlockNames, stride: number, adds: boolean, shapeOf: ShapeOf): ConvBlockConfig {
	const does: readonly Does[] = [
		{ name: 'expand', stride: 1, bend: 'relu6' },
		{ name: 'depthwise', stride, bend: 'relu6', depthwise: true },
		{ name: 'project', stride: 1, bend: null }
	];
	// A block that does not widen what it reads has the last two alone.
	const layers = does
		.slice(does.length - block.layers.length)
		.flatMap((own, i) => block.layers.slice(i, i + 1).map((layer) => layerFrom(shapeOf, layer, own)));
	const isAdded = adds && stride === 1 && layers[0]?.inputs === layers.at(-1)?.outputs;
	return { layers, shortcut: isAdded ? 'identity' : 'none', relu: false };
}

/** Each layer must read what is there, and what is added must have the shape of what it is added to. */
function checkFits({ stem, stages, head }: ConvConfig): void {
	const first = stem[0]?.inputs ?? 0;
	if (first !== 3) throw bad(`is for pictures of ${counted('channel')(first)}, and photos have 3`);
	let channels = first;
	const follow = (layers: readonly ConvLayerConfig[], where: string) => {
		for (const { inputs, outputs, name } of layers) {
			if (inputs !== channels) throw misfit(`${where}${name}`, inputs, channels);
			channels = outputs;
		}
	};
	follow(stem, 'stem.');
	for (const [s, blocks] of stages.entries()) {
		for (const [b, { layers, shortcut }] of blocks.entries()) {
			const where = `stages.${s}.blocks.${b}.`;
			const read = channels;
			follow(layers, where);
			if (shortcut === 'none') continue;
			if (shortcut === 'identity' && read !== channels) throw misfit(`${where}shortcut`, channels, read);
			if (shortcut === 'identity') continue;
			const { inputs, outputs } = shortcut.layer;
			if (inputs !== read) throw misfit(`${where}shortcut`, inputs, read);
			if (outputs !== channels) throw misfit(`${where}shortcut`, outputs, channels);
		}
	}
	follow(head ? [head] : [], '');
}

function misfit(layer: string, wanted: number, found: number): PatchworkError {
	return new PatchworkError(
		'checkpoint',
		`The weights of '${layer}' are for ${counted('channel')(wanted)}, and there are ${found}. Choose another model.`
	);
}
