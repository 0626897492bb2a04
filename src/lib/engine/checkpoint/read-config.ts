import { isRecord } from '../../json';
import { PLAIN_VIT, type PreprocessConfig, type ViTConfig } from '../config';
import { bad, pair, positive, shapeWithAxes, type Json, type ShapeOf } from './fields';
import { detectNames, type CheckpointNames } from './names';
import { huggingfacePreprocess, timmPreprocess } from './read-preprocess';

export type { ShapeOf };

/**
 * Reads what a checkpoint of the ViT family is from its own files: `config.json` (timm's or Hugging Face's, told apart
 * by their keys), the optional `preprocessor_config.json`, and the shapes of the weights, which are the last word on
 * every size.
 * @returns null when the weights are not under the names of this family
 * @throws PatchworkError `config` or `checkpoint`
 */
export function readConfig(
	config: Json,
	preprocessor: unknown,
	shapeOf: ShapeOf
): { config: ViTConfig; names: CheckpointNames } | null {
	const names = detectNames((name) => shapeOf(name) !== undefined);
	if (!names) return null;
	const sizes = sizesFromWeights(names, shapeOf);
	const settings = 'model_type' in config ? huggingfaceSettings(config, preprocessor) : timmSettings(config);
	const { heads, imageSize } = settings;
	if (sizes.dim % heads !== 0) throw bad(`asks for ${heads} heads, which don't divide the width ${sizes.dim}`);
	for (const side of imageSize) {
		if (side % sizes.patchSize !== 0)
			throw bad(`has an image side of ${side}, which patches of ${sizes.patchSize} don't divide`);
	}
	const [height, width] = imageSize;
	const grid = [height / sizes.patchSize, width / sizes.patchSize] as const;
	const positions = { grid, prefix: 1, resampling: names.naming === 'timm' ? 'antialiased' : 'plain' } as const;
	return { config: { family: 'vit', ...PLAIN_VIT, ...sizes, ...settings, positions }, names };
}

/** Everything that the weights' shapes tell by themselves. */
function sizesFromWeights(names: CheckpointNames, shapeOf: ShapeOf) {
	const first = (layer: { weight: readonly string[] }) => layer.weight[0] ?? '';
	const [dim = 0, channels = 0, patchSize = 0] = shapeWithAxes(shapeOf, first(names.patchEmbed), 4);
	let depth = 0;
	while (shapeOf(first(names.block(depth).norm1))) depth++;
	const [mlpDim = 0] = shapeWithAxes(shapeOf, first(names.block(0).fc1), 2);
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

function huggingfaceSettings(config: Json, preprocessor: unknown): Settings {
	if (config.model_type !== 'vit')
		throw bad(`is for the architecture '${String(config.model_type)}', and we run 'vit'`);
	if ((config.hidden_act ?? 'gelu') !== 'gelu')
		throw bad(`asks for the activation '${String(config.hidden_act)}', and we run 'gelu'`);
	const imageSize = pair(config.image_size ?? 224, 'image_size');
	return {
		imageSize,
		heads: positive(config.num_attention_heads ?? 12, 'num_attention_heads'),
		layerNormEps: positive(config.layer_norm_eps ?? 1e-12, 'layer_norm_eps', false),
		preprocess: huggingfacePreprocess(preprocessor, imageSize)
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
		preprocess: timmPreprocess(pretrained, imageSize)
	};
}
