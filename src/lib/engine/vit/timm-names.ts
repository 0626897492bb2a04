import type { CommonConfig } from '../config';
import type { Resampling } from '../positions';

/*
 * What an architecture's name stands for in timm and no weight shows: read off the entry points of its
 * `vision_transformer.py`, `deit.py` and `eva.py` (1.0.29).
 */

interface TimmSize {
	readonly heads: number;
	/** Width of the residual stream. */
	readonly dim: number;
}

const SIZES: Readonly<Record<string, TimmSize>> = {
	wee: { heads: 4, dim: 256 },
	xsmall: { heads: 4, dim: 256 },
	tiny: { heads: 3, dim: 192 },
	little: { heads: 5, dim: 320 },
	small: { heads: 6, dim: 384 },
	small_plus: { heads: 6, dim: 384 },
	medium: { heads: 8, dim: 512 },
	mediumd: { heads: 8, dim: 512 },
	betwixt: { heads: 10, dim: 640 },
	base: { heads: 12, dim: 768 },
	base_plus: { heads: 14, dim: 896 },
	so150m: { heads: 14, dim: 896 },
	so150m2: { heads: 13, dim: 832 },
	large: { heads: 16, dim: 1024 },
	so400m: { heads: 16, dim: 1152 },
	huge: { heads: 16, dim: 1280 },
	huge_plus: { heads: 20, dim: 1280 },
	giant: { heads: 16, dim: 1408 },
	giantopt: { heads: 16, dim: 1536 },
	gigantic: { heads: 16, dim: 1664 }
};

/** Names that stand for something else than their size's name does in others. */
const EXCEPTIONS: readonly (readonly [RegExp, TimmSize])[] = [
	[/^vit_base_patch16_gap_224/, { heads: 16, dim: 768 }],
	[/^vit_giant_.*(dinov2|tipsv2)/, { heads: 24, dim: 1536 }],
	[/^vit_7b_/, { heads: 32, dim: 4096 }],
	[/^test_vit2?(\.|$)/, { heads: 2, dim: 64 }]
];

/** Those of timm's architectures that are Vision Transformers of this family, as far as a name tells. */
export const TIMM_VIT = /^(vit|deit3?|flexivit)_|^eva_large_patch14_|^test_vit2?(\.|$)/;

/** The sizes that an architecture's name stands for; undefined where it stands for none that we know. */
export function timmSize(architecture: string): TimmSize | undefined {
	const exception = EXCEPTIONS.find(([pattern]) => pattern.test(architecture));
	if (exception) return exception[1];
	const [, size = ''] = /^(?:vit|deit3?|flexivit|eva)_([a-z]+(?:\d+m\d?)?)/.exec(architecture) ?? [];
	const whole = architecture.includes('_plus_') ? `${size}_plus` : size;
	return Object.hasOwn(SIZES, whole) ? SIZES[whole] : undefined;
}

/** The SigLIP towers that are approximated by tanh; the others of that name are not, whatever their first authors ran. */
const TANH = /^vit_(base_patch32_siglip|large_patch16_siglip_(gap_)?512|so400m_patch16_siglip|giantopt_patch16_siglip)/;

export function timmGelu(architecture: string): CommonConfig['gelu'] {
	if (/_clip_quickgelu_/.test(architecture)) return 'sigmoid';
	return TANH.test(architecture) ? 'tanh' : 'erf';
}

/** Whether a name stands for one of CLIP's image towers, which have a layer norm before their first block. */
export const isTimmClip = (architecture: string): boolean => /^vit_.*_clip_/.test(architecture);

/** What DINOv3's turns are slowed down by where no file says it; null for a name that stands for learned positions. */
export function timmRotaryBase(architecture: string): number | null {
	return /^vit_.*_dinov3/.test(architecture) ? 100 : null;
}

/** The epsilon of all layer norms: CLIP's and DINOv3's are other than the rest's. */
export function timmEps(architecture: string): number {
	return isTimmClip(architecture) || timmRotaryBase(architecture) !== null ? 1e-5 : 1e-6;
}

/** What a name's head reads where no file says it; undefined for CLS or the mean, whichever there is. */
export function timmDefaultPooling(architecture: string): 'avg' | 'map' | undefined {
	if (/^vit_.*_siglip_(?!gap_)/.test(architecture)) return 'map';
	return /^eva_large_|^vit_.*_dinov3/.test(architecture) ? 'avg' : undefined;
}

/** How timm fits positions to another grid: of FlexiViT without a filter's width, as its authors trained it. */
export function timmResampling(architecture: string): Resampling {
	return architecture.startsWith('flexivit') ? 'bilinear' : 'antialiased';
}

/**
 * Names that stand for something that the weights' names and shapes do not show and that we don't run, with what it is: to
 * be said after `config.json names 'vit_…', which`.
 */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
	[
		/^vit_(.*(_rope|_rotary)|pe_)/,
		'turns its queries and keys by their places (rotary positions) in another way than DINOv3 does'
	],
	[/_rpn_/, 'norms what each part gives and not what it reads'],
	[/_intern300m_/, 'has no last layer norm']
];

/** What a name stands for that we don't run; null where we know of nothing. */
export function otherwise(architecture: string): string | null {
	return OTHERWISE.find(([pattern]) => pattern.test(architecture))?.[1] ?? null;
}
