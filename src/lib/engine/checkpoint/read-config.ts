import { PatchworkError } from '../../errors';
import { isRecord } from '../../json';
import type { PreprocessConfig, ViTConfig } from '../config';
import { detectNames, type CheckpointNames } from './names';

/** The shape of a tensor in the weights file, or undefined if it is not there. */
export type ShapeOf = (name: string) => readonly number[] | undefined;

type Json = Record<string, unknown>;

function bad(what: string): PatchworkError {
	return new PatchworkError(
		'config',
		`config.json ${what}, so this model can't run here. Choose a ViT checkpoint of timm or Hugging Face.`
	);
}

/**
 * Reads what a checkpoint is from its own files: `config.json` (timm's or Hugging Face's, told apart by their keys),
 * the optional `preprocessor_config.json`, and the shapes of the weights, which are the last word on every size.
 * @throws PatchworkError `config` or `checkpoint`
 */
export function readConfig(
	config: unknown,
	preprocessor: unknown,
	shapeOf: ShapeOf
): { config: ViTConfig; names: CheckpointNames } {
	if (!isRecord(config)) throw bad('is not a JSON object');
	const names = detectNames((name) => shapeOf(name) !== undefined);
	if (!names) {
		throw new PatchworkError(
			'checkpoint',
			'The weights are not those of a Vision Transformer in timm or Hugging Face naming. Choose another model.'
		);
	}
	const sizes = sizesFromWeights(names, shapeOf);
	const settings = 'model_type' in config ? huggingfaceSettings(config) : timmSettings(config);
	const { heads, layerNormEps } = settings;
	if (sizes.dim % heads !== 0) throw bad(`asks for ${heads} heads, which don't divide the width ${sizes.dim}`);
	const imageSize = settings.imageSize;
	for (const side of imageSize) {
		if (side % sizes.patchSize !== 0)
			throw bad(`has an image side of ${side}, which patches of ${sizes.patchSize} don't divide`);
	}
	const preprocess = isRecord(preprocessor) ? huggingfacePreprocess(preprocessor, imageSize) : settings.preprocess;
	return { config: { family: 'vit', ...sizes, imageSize, heads, layerNormEps, preprocess }, names };
}

/** Everything that the weights' shapes tell by themselves. */
function sizesFromWeights(names: CheckpointNames, shapeOf: ShapeOf) {
	const shape = (name: string, rank: number): readonly number[] => {
		const found = shapeOf(name);
		if (found?.length === rank) return found;
		const what = found ? `has the shape [${found.join(', ')}], which has not ${rank} axes` : 'is missing';
		throw new PatchworkError(
			'checkpoint',
			`The weight '${name}' ${what}. Download the model again, or choose another.`
		);
	};
	const first = (layer: { weight: readonly string[] }) => layer.weight[0] ?? '';
	const [dim = 0, channels = 0, patchSize = 0] = shape(first(names.patchEmbed), 4);
	let depth = 0;
	while (shapeOf(first(names.block(depth).norm1))) depth++;
	const [mlpDim = 0] = shape(first(names.block(0).fc1), 2);
	const head = shapeOf(first(names.head));
	const qkvBias = names.block(0).qkv.bias.every((name) => shapeOf(name) !== undefined);
	return { dim, channels, patchSize, depth, mlpDim, qkvBias, classes: head?.[0] ?? 0 };
}

interface Settings {
	readonly imageSize: readonly [number, number];
	readonly heads: number;
	readonly layerNormEps: number;
	readonly preprocess: PreprocessConfig;
}

function huggingfaceSettings(config: Json): Settings {
	if (config.model_type !== 'vit')
		throw bad(`is for the architecture '${String(config.model_type)}', and we run 'vit'`);
	if ((config.hidden_act ?? 'gelu') !== 'gelu')
		throw bad(`asks for the activation '${String(config.hidden_act)}', and we run 'gelu'`);
	const imageSize = pair(config.image_size ?? 224, 'image_size');
	return {
		imageSize,
		heads: positive(config.num_attention_heads ?? 12, 'num_attention_heads'),
		layerNormEps: positive(config.layer_norm_eps ?? 1e-12, 'layer_norm_eps', false),
		// What transformers' ViTImageProcessor does when the repository has no preprocessor_config.json.
		preprocess: {
			size: imageSize,
			cropPct: 1,
			interpolation: 'bilinear',
			fit: 'squash',
			mean: [0.5, 0.5, 0.5],
			std: [0.5, 0.5, 0.5]
		}
	};
}

/** timm's config.json names the architecture, not its sizes: heads by the size's name (timm `vision_transformer.py`). */
const TIMM_HEADS: Readonly<Record<string, number>> = { tiny: 3, small: 6, base: 12, large: 16, huge: 16, giant: 16 };

function timmSettings(config: Json): Settings {
	const args = isRecord(config.model_args) ? config.model_args : {};
	const pretrained = isRecord(config.pretrained_cfg) ? config.pretrained_cfg : config;
	const architecture = String(config.architecture ?? '');
	if (!/^(vit|deit)_/.test(architecture))
		throw bad(`is for the architecture '${architecture}', and we run timm's 'vit_…'`);
	const size = /^(?:vit|deit)_([a-z]+)/.exec(architecture)?.[1] ?? '';
	const heads = args.num_heads ?? TIMM_HEADS[size];
	if (heads === undefined) throw bad(`does not say how many heads '${architecture}' has`);
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const imageSize = pair(args.img_size ?? input.slice(1), 'input_size');
	return {
		imageSize,
		heads: positive(heads, 'num_heads'),
		layerNormEps: 1e-6,
		preprocess: {
			size: imageSize,
			cropPct: share(pretrained.crop_pct ?? 0.875),
			interpolation: interpolation(pretrained.interpolation ?? 'bicubic'),
			fit: pretrained.crop_mode === 'squash' ? 'squash' : 'shorter',
			mean: triple(pretrained.mean ?? [0.5, 0.5, 0.5], 'mean'),
			std: triple(pretrained.std ?? [0.5, 0.5, 0.5], 'std')
		}
	};
}

/** PIL's numbers for its filters, as preprocessor_config.json has them. */
const RESAMPLE: Readonly<Record<number, string>> = { 2: 'bilinear', 3: 'bicubic' };

function huggingfacePreprocess(json: Json, imageSize: readonly [number, number]): PreprocessConfig {
	const size = isRecord(json.size) ? json.size : {};
	const shortest = size.shortest_edge;
	const crops = shortest !== undefined && json.do_center_crop !== false;
	const fit = crops ? 'shorter' : 'squash';
	return {
		size: imageSize,
		cropPct: crops ? cropShare(imageSize[0], positive(shortest, 'size.shortest_edge')) : 1,
		interpolation: interpolation(RESAMPLE[Number(json.resample ?? 2)] ?? json.resample),
		fit,
		mean: json.do_normalize === false ? [0, 0, 0] : triple(json.image_mean ?? [0.5, 0.5, 0.5], 'image_mean'),
		std: json.do_normalize === false ? [1, 1, 1] : triple(json.image_std ?? [0.5, 0.5, 0.5], 'image_std')
	};
}

function positive(value: unknown, name: string, integer = true): number {
	if (typeof value === 'number' && value > 0 && Number.isFinite(value) && (!integer || Number.isInteger(value)))
		return value;
	throw bad(`has '${name}' = ${JSON.stringify(value)}, which is no positive ${integer ? 'integer' : 'number'}`);
}

/** timm's `crop_pct`: a part of the resized photo, so above 0 and at most 1. */
function share(value: unknown): number {
	const part = positive(value, 'crop_pct', false);
	if (part <= 1) return part;
	throw bad(`has 'crop_pct' = ${part}, which is more than the whole photo`);
}

/** The `crop_pct` that resizes the shorter side to `edge`: half a pixel more, so that no rounding can floor it to less. */
function cropShare(size: number, edge: number): number {
	if (edge < size) throw bad(`resizes to ${edge} pixels and then crops ${size}`);
	return edge === size ? 1 : size / (edge + 0.5);
}

function pair(value: unknown, name: string): [number, number] {
	const [height, width] = Array.isArray(value) ? value : [value, value];
	return [positive(height, name), positive(width, name)];
}

function triple(value: unknown, name: string): [number, number, number] {
	const values: unknown[] = Array.isArray(value) ? value : [value, value, value];
	if (values.length === 3 && values.every((v) => typeof v === 'number' && Number.isFinite(v)))
		return values as [number, number, number];
	throw bad(`has '${name}' = ${JSON.stringify(value)}, which is not three numbers`);
}

function interpolation(value: unknown): 'bicubic' | 'bilinear' {
	if (value === 'bicubic' || value === 'bilinear') return value;
	throw bad(`asks for the interpolation ${JSON.stringify(value)}, and we have bicubic and bilinear`);
}
