import type { CommonConfig, PreprocessConfig } from '../config';
import type { ViTConfig } from './config';
import { geluOf } from '../checkpoint/activation';
import { bad, pair, positive, positiveInteger, quoted, type Json } from '../checkpoint/fields';
import { modelArgs, pretrainedCfg } from '../checkpoint/library';
import { huggingfacePreprocess } from '../checkpoint/read-preprocess';
import { timmPreprocess } from '../checkpoint/timm-preprocess';
import { checkArgs } from '../checkpoint/timm-args';
import { VIT_ARGS } from './timm-args';
import { TIMM_VIT, timmDefaultPooling, timmGelu, timmResampling, timmSize } from './timm-names';

/** What `config.json` tells, and no weight. */
export interface Settings {
	/** Height and width that the positions were learned for, in pixels. */
	readonly trainedSize: readonly [number, number];
	/** Whether the file says so itself and the reference takes positions for no other size. */
	readonly exactly: boolean;
	readonly heads: number;
	readonly layerNormEps: number;
	readonly gelu: CommonConfig['gelu'];
	/** How the reference interpolates positions. */
	readonly resampling: ViTConfig['positions']['resampling'];
	/** Whether only patches have positions, if the file says so. */
	readonly patchesOnly: boolean | undefined;
	/** What the head reads; undefined where the file does not say it, and CLS or the mean is meant, whichever there is. */
	readonly pooling: ViTConfig['pooling'] | undefined;
	/** Its size is that of the input. */
	readonly preprocess: PreprocessConfig;
}

/** transformers' architectures of this family. */
interface ModelType {
	/** Where the file says nothing: `layer_norm_eps` of its configuration class. */
	readonly eps: number;
	readonly pooling: ViTConfig['pooling'];
	/** How it interpolates positions: DINOv2 with registers is the one that antialiases. */
	readonly resampling: ViTConfig['positions']['resampling'];
}

const PLAIN: ModelType = { eps: 1e-12, pooling: 'cls', resampling: 'plain' };
const DINO: ModelType = { eps: 1e-6, pooling: 'cls+mean', resampling: 'plain' };

/** By `model_type`, as of transformers 5.18. DINO (v1) calls itself `vit`. */
export const MODEL_TYPES: Readonly<Record<string, ModelType>> = {
	vit: PLAIN,
	deit: PLAIN,
	vit_mae: PLAIN,
	vit_msn: { ...PLAIN, eps: 1e-6 },
	ijepa: { ...PLAIN, pooling: 'mean' },
	dinov2: DINO,
	dinov2_with_registers: { ...DINO, resampling: 'antialiased' }
};

/** @throws PatchworkError `config` */
export function huggingfaceSettings(config: Json, preprocessor: unknown): Settings {
	const name = typeof config.model_type === 'string' ? config.model_type : '';
	const type = Object.hasOwn(MODEL_TYPES, name) ? MODEL_TYPES[name] : undefined;
	if (!type) {
		const known = Object.keys(MODEL_TYPES).join("', '");
		throw bad(`is for the architecture ${quoted(config.model_type)}, and with these weights we run '${known}'`);
	}
	const trainedSize = pair(config.image_size ?? 224, 'image_size');
	const { eps, pooling, resampling } = type;
	// A gate is opened by SiLU whatever this key says.
	const isGated = config.use_swiglu_ffn === true;
	return {
		trainedSize,
		exactly: !name.startsWith('dinov2') && (config.image_size ?? null) !== null,
		heads: positiveInteger(config.num_attention_heads ?? 12, 'num_attention_heads'),
		layerNormEps: positive(config.layer_norm_eps ?? eps, 'layer_norm_eps'),
		gelu: isGated ? 'erf' : geluOf(config.hidden_act),
		resampling,
		patchesOnly: false,
		pooling,
		preprocess: huggingfacePreprocess(preprocessor, trainedSize, name)
	};
}

/** @throws PatchworkError `config` */
export function timmSettings(config: Json, isGated: boolean): Settings {
	const args = modelArgs(config);
	const pretrained = pretrainedCfg(config);
	const architecture = typeof config.architecture === 'string' ? config.architecture : '';
	if (!TIMM_VIT.test(architecture))
		throw bad(
			`is for the architecture ${quoted(config.architecture)}, and with these weights we run timm's 'vit_…' and 'deit_…'`
		);
	checkArgs(args, VIT_ARGS);
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const trainedSize = pair(args.img_size ?? input.slice(1), 'input_size');
	return {
		trainedSize,
		exactly: false,
		heads: positiveInteger(args.num_heads ?? timmHeads(architecture), 'num_heads'),
		layerNormEps: 1e-6,
		gelu: timmActivation(args.act_layer, architecture, isGated),
		resampling: timmResampling(architecture),
		patchesOnly: typeof args.no_embed_class === 'boolean' ? args.no_embed_class : undefined,
		pooling: timmPooling(
			args.global_pool ?? pretrained.global_pool ?? config.global_pool ?? timmDefaultPooling(architecture)
		),
		preprocess: timmPreprocess(pretrained, trainedSize)
	};
}

/** Those of timm's names that have a gate open it by SiLU. */
function timmActivation(asked: unknown, architecture: string, isGated: boolean): CommonConfig['gelu'] {
	if (!isGated) return asked === 'gelu_tanh' ? 'tanh' : asked ? geluOf(asked) : timmGelu(architecture);
	if (asked === undefined || asked === null || asked === 'silu' || asked === 'swish') return 'erf';
	throw bad(`asks for the activation ${quoted(asked)} in a gated feed-forward part, and we run 'silu' there`);
}

function timmHeads(architecture: string): number {
	const size = timmSize(architecture);
	if (!size) throw bad(`does not say how many heads ${quoted(architecture)} has`);
	return size.heads;
}

/** An empty string stands for no pooling, as in models without a head. */
function timmPooling(value: unknown): ViTConfig['pooling'] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (value === 'token') return 'cls';
	if (value === 'avg') return 'mean';
	const how = value === 'map' ? ', which is by attention,' : '';
	throw bad(`asks for the pooling ${quoted(value)}${how} and we have 'token' and 'avg'`);
}
