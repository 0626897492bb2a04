import { isRecord } from '../../json';
import type { PreprocessConfig, ViTConfig } from '../config';
import { bad, pair, positive, quoted, type Json } from './fields';
import { huggingfacePreprocess, timmPreprocess } from './read-preprocess';

/** What `config.json` tells, and no weight. */
export interface Settings {
	/** Height and width that the positions were learned for, in pixels. */
	readonly trainedSize: readonly [number, number];
	/** Whether the file says so itself and the reference takes positions for no other size. */
	readonly exactly: boolean;
	readonly heads: number;
	readonly layerNormEps: number;
	/** How the reference interpolates positions. */
	readonly resampling: ViTConfig['positions']['resampling'];
	/** Whether only patches have positions, if the file says so. */
	readonly patchesOnly: boolean | undefined;
	/** What the head reads, if the file says so. */
	readonly pooling: ViTConfig['pooling'];
	/** Its size is that of the input. */
	readonly preprocess: PreprocessConfig;
}

/** transformers' architectures of this family. */
const MODEL_TYPES: readonly string[] = ['vit', 'deit', 'dinov2', 'dinov2_with_registers'];

/** @throws PatchworkError `config` */
export function huggingfaceSettings(config: Json, preprocessor: unknown): Settings {
	const type = typeof config.model_type === 'string' ? config.model_type : '';
	if (!MODEL_TYPES.includes(type)) {
		const known = MODEL_TYPES.join("', '");
		throw bad(`is for the architecture ${quoted(config.model_type)}, and with these weights we run '${known}'`);
	}
	if ((config.hidden_act ?? 'gelu') !== 'gelu')
		throw bad(`asks for the activation ${quoted(config.hidden_act)}, and we run 'gelu'`);
	const trainedSize = pair(config.image_size ?? 224, 'image_size');
	const isDino = type.startsWith('dinov2');
	return {
		trainedSize,
		exactly: !isDino && (config.image_size ?? null) !== null,
		heads: positive(config.num_attention_heads ?? 12, 'num_attention_heads'),
		layerNormEps: positive(config.layer_norm_eps ?? (isDino ? 1e-6 : 1e-12), 'layer_norm_eps', false),
		// transformers' DINOv2 with registers is the one that antialiases.
		resampling: type === 'dinov2_with_registers' ? 'antialiased' : 'plain',
		patchesOnly: false,
		pooling: isDino ? 'cls+mean' : 'cls',
		preprocess: huggingfacePreprocess(preprocessor, trainedSize, type)
	};
}

interface TimmSize {
	readonly heads: number;
	/** Width of the residual stream. */
	readonly dim: number;
}

/** timm's config.json names the architecture and seldom its sizes: those of each size's name (timm `vision_transformer.py`). */
const TIMM_SIZES: Readonly<Record<string, TimmSize>> = {
	pwee: { heads: 4, dim: 256 },
	wee: { heads: 4, dim: 256 },
	tiny: { heads: 3, dim: 192 },
	little: { heads: 5, dim: 320 },
	small: { heads: 6, dim: 384 },
	medium: { heads: 8, dim: 512 },
	mediumd: { heads: 8, dim: 512 },
	betwixt: { heads: 10, dim: 640 },
	base: { heads: 12, dim: 768 },
	base_plus: { heads: 14, dim: 896 },
	large: { heads: 16, dim: 1024 },
	huge: { heads: 16, dim: 1280 },
	giant: { heads: 16, dim: 1408 },
	gigantic: { heads: 16, dim: 1664 }
};

/** DINOv2's giant is not the giant of the others. */
const DINOV2_GIANT: TimmSize = { heads: 24, dim: 1536 };

/** Words in an architecture's name that stand for something that no weight shows and that we don't run. */
const OTHERWISE = /quickgelu|_rope|_rotary/;

/** @throws PatchworkError `config` */
export function timmSettings(config: Json): Settings {
	const args = isRecord(config.model_args) ? config.model_args : {};
	const pretrained = isRecord(config.pretrained_cfg) ? config.pretrained_cfg : config;
	const architecture = typeof config.architecture === 'string' ? config.architecture : '';
	if (!/^(vit|deit3?)_/.test(architecture) || OTHERWISE.test(architecture))
		throw bad(
			`is for the architecture ${quoted(config.architecture)}, and with these weights we run timm's 'vit_…' and 'deit_…'`
		);
	if ((args.act_layer ?? 'gelu') !== 'gelu')
		throw bad(`asks for the activation ${quoted(args.act_layer)}, and we run 'gelu'`);
	if (args.pool_include_prefix === true) throw bad('averages CLS along with the patches, which we do not');
	const input = pretrained.input_size ?? [3, 224, 224];
	if (!Array.isArray(input) || input.length !== 3) throw bad('has an input_size that is not [channels, height, width]');
	const trainedSize = pair(args.img_size ?? input.slice(1), 'input_size');
	return {
		trainedSize,
		exactly: false,
		heads: positive(args.num_heads ?? timmHeads(architecture), 'num_heads'),
		layerNormEps: 1e-6,
		resampling: 'antialiased',
		patchesOnly: typeof args.no_embed_class === 'boolean' ? args.no_embed_class : undefined,
		pooling: timmPooling(args.global_pool ?? config.global_pool ?? 'token'),
		preprocess: timmPreprocess(pretrained, trainedSize)
	};
}

/** The sizes that an architecture's name stands for; undefined where it stands for none that we know. */
export function timmSize(architecture: string): TimmSize | undefined {
	const [, size = ''] = /^(?:vit|deit3?)_([a-z]+)/.exec(architecture) ?? [];
	if (size === 'giant' && architecture.includes('dinov2')) return DINOV2_GIANT;
	const whole = architecture.includes('_plus_') ? `${size}_plus` : size;
	return Object.hasOwn(TIMM_SIZES, whole) ? TIMM_SIZES[whole] : undefined;
}

function timmHeads(architecture: string): number {
	const size = timmSize(architecture);
	if (!size) throw bad(`does not say how many heads ${quoted(architecture)} has`);
	return size.heads;
}

/** An empty string stands for no pooling, as in models without a head. */
function timmPooling(value: unknown): ViTConfig['pooling'] {
	if (value === 'token' || value === '') return 'cls';
	if (value === 'avg') return 'mean';
	throw bad(`asks for the pooling ${quoted(value)}, and we have 'token' and 'avg'`);
}
