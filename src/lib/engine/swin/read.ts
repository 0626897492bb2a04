import { PatchworkError } from '../../base/errors';
import { counted } from '../checkpoint/agree';
import { bad, pair, positive, quoted, shapeWithAxes, type Json, type ShapeOf } from '../checkpoint/fields';
import { libraryOf, modelArgs, pretrainedCfg } from '../checkpoint/library';
import { layer, type LayerNames } from '../checkpoint/layer-names';
import { huggingfacePreprocess } from '../checkpoint/read-preprocess';
import { timmPreprocess } from '../checkpoint/timm-preprocess';
import { geluOf } from '../checkpoint/activation';
import { checkArgs } from '../checkpoint/timm-args';
import { SWIN_ARGS } from './timm-args';
import type { PreprocessConfig } from '../config';
import type { Reader, Reading } from '../reader';
import { scoresOf } from '../scores';
import { checkAgreement } from './claims';
import {
	FIXED_EPS,
	offsetsIn,
	plannedMap,
	stageOf,
	type MapSize,
	type ReadSize,
	type SwinConfig,
	type SwinStageConfig
} from './config';
import { loadSwin } from './load';
import { checkSize } from './memory';
import { detectSwinNames, type SwinNames } from './names';

/** Swin's checkpoints, version 1. */
export const swinReader: Reader<SwinConfig, SwinNames> = {
	title: 'Swin',
	kinds: ['Swin'],
	timm: /^swin_/,
	transformers: ['swin'],
	otherwise: () => null,
	recognises: (shapeOf) => namesIn(shapeOf) !== null,
	read: readSwin,
	ask({ config, names }, tensors) {
		loadSwin(config, names, tensors);
	},
	headPlace({ config, names }) {
		// A model without a head does not show which of timm's two names it would have: today's.
		const hasName = config.classes > 0 || names.naming === 'huggingface';
		const inputs = stageOf(config, config.stages.length - 1).dim;
		return { layer: hasName ? names.head : layer('head.fc'), inputs, second: null, through: false };
	}
};

const namesIn = (shapeOf: ShapeOf) => detectSwinNames((name) => shapeOf(name) !== undefined);

/**
 * Reads what a Swin checkpoint is from its own files: `config.json` (timm's or Hugging Face's, told apart by their
 * keys), the optional `preprocessor_config.json`, and the shapes of the weights. Widths, depths, heads and windows come
 * from the shapes alone; a file that says others is of another model.
 */
function readSwin(json: Json, preprocessor: unknown, shapeOf: ShapeOf): Reading<SwinConfig, SwinNames> {
	const names = namesIn(shapeOf);
	if (!names) throw new Error('These weights are not under the names of a Swin.');
	const settings = libraryOf(json) === 'timm' ? timmSettings(json) : huggingfaceSettings(json, preprocessor);
	const sizes = sizesFromWeights(names, shapeOf, settings);
	const lastMap = `stage${sizes.stages.length}`;
	// Backbones of older versions have no last norm beside those of their maps.
	const norm = !shapeOf(first(names.norm)) && sizes.featureMaps.includes(lastMap) ? names.mapNorm(lastMap) : names.norm;
	const scores = scoresOf(json, sizes.classes);
	const config: SwinConfig = { family: 'swin', rules: names.naming, ...sizes, ...settings, scores };
	checkAgreement(json, config);
	checkSize(config);
	return { config, names: { ...names, norm } };
}

const first = (layer: LayerNames) => layer.weight[0] ?? '';

/** Everything that the weights' shapes tell; a table cut short is told by the size that they are for. */
function sizesFromWeights(names: SwinNames, shapeOf: ShapeOf, { imageSize, alwaysPartition }: Settings) {
	const has = (name: string) => shapeOf(name) !== undefined;
	const [, channels = 0, patchSize = 0] = shapeWithAxes(shapeOf, first(names.patchEmbed), 4);
	if (channels !== 3 && channels > 0)
		throw bad(`is for pictures of ${counted('channel')(channels)}, and photos have 3`);
	if (channels === 0 || patchSize === 0) throw unfit(first(names.patchEmbed), 'has no numbers in it');
	const stages: SwinStageConfig[] = [];
	while (has(names.block(stages.length, 0).biasTable)) {
		stages.push(stageFromWeights(names, shapeOf, stages.length, { imageSize, patchSize, alwaysPartition }));
	}
	return {
		channels,
		patchSize,
		stages,
		qkvBias: names.block(0, 0).qkv.bias.every(has),
		patchNorm: has(first(names.patchNorm)),
		absolutePositions: has(names.posEmbed),
		featureMaps: ['stem', ...stages.map((_, s) => `stage${s + 1}`)].filter((name) => has(first(names.mapNorm(name)))),
		classes: shapeOf(first(names.head))?.[0] ?? 0
	};
}

function stageFromWeights(
	names: SwinNames,
	shapeOf: ShapeOf,
	stage: number,
	size: ReadSize & Pick<SwinConfig, 'alwaysPartition'>
): SwinStageConfig {
	const block = names.block(stage, 0);
	const [offsets = 0, heads = 0] = shapeWithAxes(shapeOf, block.biasTable, 2);
	const [dim = 0] = shapeWithAxes(shapeOf, first(block.norm1), 1);
	const [mlpDim = 0] = shapeWithAxes(shapeOf, first(block.fc1), 2);
	if (heads === 0 || dim === 0 || dim % heads !== 0) {
		throw unfit(block.biasTable, `is for ${heads} heads, which don’t divide the width ${dim}`);
	}
	const cutsShort = names.naming === 'timm' && !size.alwaysPartition;
	const window = windowWith(offsets, cutsShort ? plannedMap(size, stage) : null);
	if (!window) {
		throw unfit(block.biasTable, `has ${offsets} rows, which is not the number of offsets in a window on its map`);
	}
	let depth = 1;
	while (shapeOf(names.block(stage, depth).biasTable)) depth++;
	return { depth, heads, dim, mlpDim, ...window };
}

/**
 * The window that a table with so many rows is for: square, or cut short by the map, each side by itself.
 * @param map that cuts it short; null where none does
 */
function windowWith(offsets: number, map: MapSize | null): Pick<SwinStageConfig, 'window' | 'oblong'> | null {
	for (let window = 1; map && window <= Math.max(map.rows, map.columns); window++) {
		const oblong = { rows: Math.min(window, map.rows), columns: Math.min(window, map.columns) };
		if (offsetsIn(oblong) === offsets) return oblong.rows === oblong.columns ? { window } : { window, oblong };
	}
	const window = (Math.sqrt(offsets) + 1) / 2;
	return Number.isInteger(window) && offsets > 0 ? { window } : null;
}

function unfit(name: string, what: string): PatchworkError {
	return new PatchworkError('checkpoint', `The weight '${name}' ${what}. Choose another model.`);
}

interface Settings {
	readonly gelu: SwinConfig['gelu'];
	readonly alwaysPartition: boolean;
	readonly imageSize: readonly [number, number];
	readonly layerNormEps: number;
	readonly preprocess: PreprocessConfig;
}

function huggingfaceSettings(json: Json, preprocessor: unknown): Settings {
	if (json.model_type !== 'swin') {
		throw bad(`is for the architecture ${quoted(json.model_type)}, and its weights are those of a 'swin'`);
	}
	const preprocess = huggingfacePreprocess(preprocessor, pair(json.image_size ?? 224, 'image_size'), 'swin');
	return {
		gelu: geluOf(json.hidden_act),
		// transformers' backbone (5.18) runs its encoder so, and its model does not.
		alwaysPartition: Array.isArray(json.architectures) && json.architectures.includes('SwinBackbone'),
		imageSize: preprocess.size,
		layerNormEps: positive(json.layer_norm_eps ?? FIXED_EPS, 'layer_norm_eps'),
		preprocess
	};
}

function timmSettings(json: Json): Settings {
	const args = modelArgs(json);
	const pretrained = pretrainedCfg(json);
	const { architecture } = json;
	if (typeof architecture !== 'string' || !architecture.startsWith('swin_')) {
		throw bad(`is for the architecture ${quoted(architecture)}, and its weights are those of timm’s 'swin_…'`);
	}
	checkArgs(args, SWIN_ARGS);
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const imageSize = pair(args.img_size ?? input.slice(1), 'input_size');
	const alwaysPartition = args.always_partition === true;
	return {
		gelu: 'erf',
		alwaysPartition,
		imageSize,
		layerNormEps: FIXED_EPS,
		preprocess: timmPreprocess(pretrained, imageSize)
	};
}
