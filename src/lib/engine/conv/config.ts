import type { Bend, Padding } from '../ops/convolution';
import type { CommonConfig, Grid } from '../config';

/** One convolution, with the norm that is folded into it and what bends its values afterwards. */
export interface ConvLayerConfig {
	/** What its tap and its parameters are called in their block: `conv1`. */
	readonly name: string;
	readonly inputs: number;
	readonly outputs: number;
	/** Side of its kernel, in places of the map; odd. */
	readonly kernel: number;
	/** Places from one step to the next, in both directions. */
	readonly stride: number;
	/** Whether each channel is convolved by itself; then there are as many outputs as inputs. */
	readonly depthwise: boolean;
	readonly bend: Bend;
}

/** What is added to what a block's layers make, where it is not what the block read: a 1 x 1 convolution of that. */
export interface ShortcutConfig {
	/** Its own stride is 1 where the mean comes first. */
	readonly layer: ConvLayerConfig;
	/** The side of the squares whose mean is taken before; 1 for none. */
	readonly mean: number;
}

/** Layers one after the other, and what is added to them. */
export interface ConvBlockConfig {
	/** At least one. */
	readonly layers: readonly ConvLayerConfig[];
	/** `none`: nothing is added. `identity`: what the block read. */
	readonly shortcut: 'none' | 'identity' | ShortcutConfig;
	/** Whether what is below 0 becomes 0 after the sum. */
	readonly relu: boolean;
}

/**
 * A ResNet (He et al. 2016, arXiv 1512.03385) or a MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381). A run has tokens
 * all the same: the places of a map, row by row. `patchSize` is the side in pixels of what one place of the last map stands
 * for, and `layerNormEps` that of its batch norms, the only norms that it has.
 */
export interface ConvConfig extends CommonConfig {
	readonly family: 'conv';
	readonly padding: Padding;
	readonly stem: readonly ConvLayerConfig[];
	/** Whether the largest of 3 x 3 places is taken after the stem's layers, at every second place. */
	readonly stemPool: boolean;
	/** Each is a list of blocks. */
	readonly stages: readonly (readonly ConvBlockConfig[])[];
	/** What follows the last stage, before the mean. */
	readonly head: ConvLayerConfig | null;
}

/** Every block, through all stages: both counted from 0, the block in its stage. */
export function convBlocks({ stages }: Pick<ConvConfig, 'stages'>): {
	readonly name: string;
	readonly block: ConvBlockConfig;
}[] {
	return stages.flatMap((blocks, s) => blocks.map((block, b) => ({ name: `stages.${s}.blocks.${b}`, block })));
}

/** Whether some of what a block makes can be below 0: neither the sum nor its last layer is bent. */
export function isSigned({ layers, shortcut, relu }: ConvBlockConfig): boolean {
	return !relu && (shortcut !== 'none' || (layers.at(-1)?.bend ?? null) === null);
}

/** Every layer, in order, by the name of what it makes and of its parameters: `stages.0.blocks.1.conv2`. */
export function convLayers(
	config: Pick<ConvConfig, 'stem' | 'stages' | 'head'>
): (readonly [name: string, layer: ConvLayerConfig])[] {
	const { stem, head } = config;
	return [
		...stem.map((layer) => [`stem.${layer.name}`, layer] as const),
		...convBlocks(config).flatMap(({ name, block: { layers, shortcut } }) => [
			...layers.map((layer) => [`${name}.${layer.name}`, layer] as const),
			...(typeof shortcut === 'object' ? [[`${name}.shortcut`, shortcut.layer] as const] : [])
		]),
		...(head ? [['head', head] as const] : [])
	];
}

/** Whether what a block makes is shaped as what it reads, so that a run can do without it. */
export function keepsShape({ layers, shortcut }: ConvBlockConfig): boolean {
	const isSame = layers.every(({ stride }) => stride === 1) && layers[0]?.inputs === layers.at(-1)?.outputs;
	return isSame && shortcut !== 'none';
}

/** A map that the pass makes: the tap's name, its rows and columns, and its channels. */
export interface FeatureMap extends Grid {
	readonly name: string;
	readonly channels: number;
}

/**
 * The map that a stride leaves. Both ways of laying zeros around a map lead to the same size, and so does the mean of
 * squares: a side is divided and rounded up.
 */
export function strided({ rows, columns }: Grid, stride: number): Grid {
	return { rows: Math.ceil(rows / stride), columns: Math.ceil(columns / stride) };
}

/** Every map of a run, in the order in which they are made. */
export function featureMaps({ imageSize, stem, stemPool, stages, head }: ConvConfig): FeatureMap[] {
	const maps: FeatureMap[] = [];
	let at: Grid = { rows: imageSize[0], columns: imageSize[1] };
	let channels = 0;
	const follow = (layers: readonly ConvLayerConfig[], stemName: string) => {
		for (const layer of layers) {
			at = strided(at, layer.stride);
			channels = layer.outputs;
			maps.push({ ...at, channels, name: stemName + layer.name });
		}
	};
	follow(stem, 'stem.');
	if (stemPool) at = strided(at, 2);
	maps.push({ ...at, channels, name: 'stem' });
	for (const { name, block } of convBlocks({ stages })) {
		follow(block.layers, `${name}.`);
		if (typeof block.shortcut === 'object') maps.push({ ...at, channels, name: `${name}.shortcut` });
		maps.push({ ...at, channels, name: `${name}.out` });
	}
	if (head) follow([head], '');
	return maps;
}

/** The map that the mean is taken of. */
export function lastMap(config: ConvConfig): FeatureMap {
	const last = featureMaps(config).at(-1);
	if (last) return last;
	throw new RangeError('A network without layers has no map.');
}

/** The side in pixels of what one place of the last map stands for: all strides, multiplied. */
export function pixelsAPlace({ stem, stemPool, stages }: Pick<ConvConfig, 'stem' | 'stemPool' | 'stages'>): number {
	const layers = [...stem, ...stages.flat().flatMap((block) => block.layers)];
	return layers.reduce((product, { stride }) => product * stride, stemPool ? 2 : 1);
}

/**
 * How many products of two numbers one picture takes: at each place of the map that a layer makes, each of its outputs is a
 * sum over the kernel and the channels that it reads, which is one where each is convolved by itself; and the classifier's.
 */
export function convProducts(config: ConvConfig): number {
	const places = new Map(featureMaps(config).map(({ name, rows, columns }) => [name, rows * columns]));
	const classifier = config.classes * lastMap(config).channels;
	return convLayers(config).reduce((sum, [name, { inputs, outputs, kernel, depthwise }]) => {
		return sum + (places.get(name) ?? 0) * outputs * kernel ** 2 * (depthwise ? 1 : inputs);
	}, classifier);
}
