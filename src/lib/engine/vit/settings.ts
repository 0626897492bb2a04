import type { PatchworkError } from '../../base/errors';
import { isRecord } from '../../base/json';
import type { CommonConfig, PreprocessConfig } from '../config';
import type { ViTConfig } from './config';
import { geluOf } from '../checkpoint/activation';
import { bad, pair, positive, positiveInteger, quoted, type Json } from '../checkpoint/fields';
import { modelArgs, pretrainedCfg } from '../checkpoint/library';
import { huggingfacePreprocess } from '../checkpoint/read-preprocess';
import { timmPreprocess } from '../checkpoint/timm-preprocess';
import { checkArgs } from '../checkpoint/timm-args';
import { DINO3_ARGS, VIT_ARGS } from './timm-args';
import {
	isTimmClip,
	TIMM_VIT,
	timmDefaultPooling,
	timmEps,
	timmGelu,
	timmResampling,
	timmRotaryBase,
	timmSize
} from './timm-names';

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
	/** Whether the head reads tokens that no last norm was applied to. */
	readonly withoutNorm: boolean;
	/** Whether the head gives no classes, but the picture's vector in the space that it shares with captions. */
	readonly projects: boolean;
	/** See `RotaryConfig`; null where positions are learned. */
	readonly rotaryBase: number | null;
	/** Its size is that of the input. */
	readonly preprocess: PreprocessConfig;
}

/** What the weights tell, and the meaning of a file depends on. */
export interface Shown {
	/** Whether there is a classifier. */
	readonly classifies: boolean;
	/** Whether a pooling by a learned query lies in the file. */
	readonly pools: boolean;
}

/** transformers' architectures of this family. */
interface ModelType {
	/** Where the file says nothing: `layer_norm_eps` of its configuration class, and what else it has of its own. */
	readonly eps: number;
	readonly heads?: number;
	readonly act?: string;
	/** Whether the file is that of a pair of towers, and says of the image's in `vision_config` what there is to say. */
	readonly paired?: true;
	readonly pooling: (shown: Shown) => ViTConfig['pooling'];
	/** Whether a classifier reads the mean of tokens before the last norm. */
	readonly classifiesUnnormed?: true;
	readonly rotary?: true;
	/** How it interpolates positions: DINOv2 with registers is the one that antialiases. */
	readonly resampling: ViTConfig['positions']['resampling'];
}

const PLAIN: ModelType = { eps: 1e-12, pooling: () => 'cls', resampling: 'plain' };
const DINO: ModelType = { eps: 1e-6, pooling: () => 'cls+mean', resampling: 'plain' };
/** A classifier, which `CLIPForImageClassification` has, reads the mean of the patches; all else reads CLS. */
const CLIP: ModelType = {
	eps: 1e-5,
	act: 'quick_gelu',
	pooling: ({ classifies }) => (classifies ? 'mean' : 'cls'),
	classifiesUnnormed: true,
	resampling: 'plain'
};
/** A classifier, which `SiglipForImageClassification` has, reads the mean of the patches in place of what pools them. */
const SIGLIP: ModelType = {
	eps: 1e-6,
	act: 'gelu_pytorch_tanh',
	pooling: ({ classifies, pools }) => (pools && !classifies ? 'map' : 'mean'),
	resampling: 'plain'
};

/** By `model_type`, as of transformers 5.18. DINO (v1) calls itself `vit`. */
export const MODEL_TYPES: Readonly<Record<string, ModelType>> = {
	vit: PLAIN,
	deit: PLAIN,
	vit_mae: PLAIN,
	vit_msn: { ...PLAIN, eps: 1e-6 },
	ijepa: { ...PLAIN, pooling: () => 'mean' },
	dinov2: DINO,
	dinov2_with_registers: { ...DINO, resampling: 'antialiased' },
	dinov3_vit: { ...PLAIN, eps: 1e-5, heads: 6, rotary: true },
	clip: { ...CLIP, paired: true },
	clip_vision_model: CLIP,
	siglip: { ...SIGLIP, paired: true },
	siglip_vision_model: SIGLIP
};

/** What a `config.json` of transformers says of the image's tower: all of it, or a part of its own. */
export function visionConfig(config: Json): Json {
	const { vision_config: own, model_type: name } = config;
	const type = typeof name === 'string' && Object.hasOwn(MODEL_TYPES, name) ? MODEL_TYPES[name] : undefined;
	if (!type?.paired) return config;
	return { ...(isRecord(own) ? own : {}), model_type: name };
}

/** @throws PatchworkError `config` */
export function huggingfaceSettings(json: Json, preprocessor: unknown, shown: Shown): Settings {
	const config = visionConfig(json);
	const name = typeof config.model_type === 'string' ? config.model_type : '';
	const type = Object.hasOwn(MODEL_TYPES, name) ? MODEL_TYPES[name] : undefined;
	if (!type) {
		const known = Object.keys(MODEL_TYPES).join("', '");
		throw bad(`is for the architecture ${quoted(config.model_type)}, and with these weights we run '${known}'`);
	}
	const trainedSize = pair(config.image_size ?? 224, 'image_size');
	const { eps, heads = 12, act, pooling, resampling, rotary = false, classifiesUnnormed = false } = type;
	return {
		trainedSize,
		exactly: !name.startsWith('dinov') && (config.image_size ?? null) !== null,
		heads: positiveInteger(config.num_attention_heads ?? heads, 'num_attention_heads'),
		layerNormEps: positive(config.layer_norm_eps ?? eps, 'layer_norm_eps'),
		gelu: activationOf(config, act),
		resampling,
		patchesOnly: false,
		pooling: pooling({ ...shown, pools: shown.pools && config.vision_use_head !== false }),
		withoutNorm: classifiesUnnormed && shown.classifies,
		projects: false,
		rotaryBase: rotary ? rotaryBase(config) : null,
		preprocess: huggingfacePreprocess(preprocessor, trainedSize, name)
	};
}

/** DINOv2's gate is opened by SiLU whatever the file says, DINOv3's by what it says. */
function activationOf(config: Json, act: string | undefined): CommonConfig['gelu'] {
	const { use_swiglu_ffn: packed, use_gated_mlp: gated, hidden_act: asked = act } = config;
	if (packed === true) return 'erf';
	if (gated !== true) return geluOf(asked);
	if (asked === 'silu' || asked === 'swish') return 'erf';
	throw gatedBy(asked);
}

/** @throws PatchworkError `config` for angles by another rule */
function rotaryBase({ rope_theta: theta, rope_parameters: others }: Json): number {
	const { rope_type: rule = 'default', rope_theta: nested } = isRecord(others) ? others : {};
	if (rule !== 'default') throw bad(`asks for the rotary positions ${quoted(rule)}, and we run 'default'`);
	return positive(theta ?? nested ?? 100, 'rope_theta');
}

/** @throws PatchworkError `config` */
export function timmSettings(config: Json, isGated: boolean): Settings {
	const args = modelArgs(config);
	const pretrained = pretrainedCfg(config);
	const architecture = typeof config.architecture === 'string' ? config.architecture : '';
	if (!TIMM_VIT.test(architecture))
		throw bad(
			`is for the architecture ${quoted(config.architecture)}, and with these weights we run timm’s 'vit_…' and 'deit_…'`
		);
	const rotary = timmRotaryBase(architecture);
	checkArgs(args, rotary === null ? VIT_ARGS : DINO3_ARGS);
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const trainedSize = pair(args.img_size ?? input.slice(1), 'input_size');
	return {
		trainedSize,
		exactly: false,
		heads: positiveInteger(args.num_heads ?? timmHeads(architecture), 'num_heads'),
		layerNormEps: timmEps(architecture),
		gelu: timmActivation(args.act_layer, architecture, isGated),
		resampling: timmResampling(architecture),
		patchesOnly: typeof args.no_embed_class === 'boolean' ? args.no_embed_class : undefined,
		pooling: timmPooling(
			args.global_pool ?? pretrained.global_pool ?? config.global_pool ?? timmDefaultPooling(architecture)
		),
		withoutNorm: false,
		projects: isTimmClip(architecture) && isProjection(config, pretrained),
		rotaryBase: rotary && positive(args.rope_temperature ?? rotary, 'rope_temperature'),
		preprocess: timmPreprocess(pretrained, trainedSize)
	};
}

/** Those of timm's names that have a gate open it by SiLU. */
function timmActivation(asked: unknown, architecture: string, isGated: boolean): CommonConfig['gelu'] {
	if (!isGated) return asked === 'gelu_tanh' ? 'tanh' : asked ? geluOf(asked) : timmGelu(architecture);
	if (asked === undefined || asked === null || asked === 'silu' || asked === 'swish') return 'erf';
	throw gatedBy(asked);
}

function gatedBy(asked: unknown): PatchworkError {
	return bad(`asks for the activation ${quoted(asked)} in a gated feed-forward part, and we run 'silu' there`);
}

/**
 * Whether what timm calls the head of one of CLIP's towers is still the projection that it was trained with: it has as many
 * outputs as the tag's, the tag is of no fine-tuning to classes (`…_ft_…`), and nobody names classes.
 */
function isProjection(config: Json, pretrained: Json): boolean {
	const { num_classes: now, label_names: names, labels } = config;
	const isTuned = typeof pretrained.tag === 'string' && /(^|_)ft_/.test(pretrained.tag);
	const named = names ?? labels ?? pretrained.label_names ?? null;
	return !isTuned && named === null && (now ?? null) === (pretrained.num_classes ?? now ?? null);
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
	if (value === 'map') return 'map';
	throw bad(`asks for the pooling ${quoted(value)} and we have 'token', 'avg' and 'map'`);
}
