import { patchGrid } from '../config';
import type { Family, PictureVector, Places, SpecialToken, TransformerBlock } from '../family';
import type { TapSpec } from '../tap';
import { DISTILLATION, headInputTap, prefixTokens, tokenCount, tokenGrid, type ViTConfig } from './config';
import { vitWeightSpecs } from './parameters';
import { vitTapSpecs } from './taps';

/**
 * ViT, DeiT, DINO (all three), MAE, MSN, I-JEPA, and the image towers of CLIP and SigLIP: one sequence of tokens through
 * all blocks.
 */
export const vitFamily: Family<ViTConfig> = {
	tapSpecs: vitTapSpecs,
	parameterSpecs: vitWeightSpecs,
	places,
	grid: tokenGrid,
	groups(config) {
		const { rows, columns } = patchGrid(config);
		return [{ blocks: config.depth, heads: config.heads, tokens: tokenCount(config), grid: [rows, columns] }];
	},
	capabilities: ({ cls, rotary }) => [
		...(cls ? (['cls'] as const) : []),
		...(rotary ? [] : (['positions'] as const)),
		...(['patterns', 'sequence', 'blocks', 'patches', 'projection'] as const)
	],
	blocks(config) {
		const { depth, dim, mlpDim, mlp, gelu, layerScale, patchSize: cell, rotary } = config;
		const scored: TransformerBlock['scored'] = rotary ? ['attn.rotated_query', 'attn.rotated_key'] : ['query', 'key'];
		const all = { stage: 0, ...patchGrid(config), cell, dim, mlpDim, mlp, gelu, layerScale, scored };
		return Array.from({ length: depth }, (_, at) => {
			return { ...all, at, stem: `blocks.${at}`, input: at === 0 ? 'embeddings' : `blocks.${at - 1}.out` };
		});
	},
	sizes: ({ depth, heads, dim }) => [depth, 'blocks', heads, 'heads', dim, 'wide'],
	picture: (config) =>
		config.projectionDim > 0
			? { tap: 'image_embeds', of: 'first', name: 'image embedding', words: 'the image embedding' }
			: { tap: headInputTap(config), of: 'first', ...READ[config.pooling] }
};

/** What the head reads, in words. */
const READ: Record<ViTConfig['pooling'], Pick<PictureVector, 'name' | 'words'>> = {
	cls: { name: 'CLS token', words: 'the CLS token' },
	mean: { name: 'mean patch token', words: 'the mean of the patches' },
	'cls+mean': {
		name: 'CLS token beside its mean patch token',
		words: 'the CLS token and, behind it, the mean of the patches'
	},
	map: {
		name: 'query-weighted mean patch token',
		words: 'the mean of the patches, weighted by a learned query'
	}
};

function places(config: ViTConfig): Places {
	return {
		blocks: Array.from({ length: config.depth }, (_, i) => `blocks.${i}`),
		embedded: ['cls_token', 'dist_token', 'reg_tokens', 'pos_embed'].map((name) => `parameters.${name}`),
		head: [
			...['norm', 'pool', 'pooled', 'pooled_norm', 'visual_projection', 'image_embeds'],
			...['head', 'head_dist', 'logits', 'probabilities']
		],
		sum: config.preNorm ? 'embeddings.sum' : 'embeddings',
		prefix: specialTokens(config),
		shortens: true,
		gridAt: () => patchGrid(config),
		tokensAt({ name, axes, shape }, axis) {
			const first = axes[axis] === 'patch' ? prefixTokens(config) : firstOf(config, name);
			return Array.from({ length: shape[axis] ?? 0 }, (_, i) => first + i);
		}
	};
}

function specialTokens({ cls, distilled, registers }: ViTConfig): SpecialToken[] {
	const numbered = new Array<SpecialToken>(registers).fill('register');
	return [...(cls ? (['cls'] as const) : []), ...(distilled ? (['distillation'] as const) : []), ...numbered];
}

/** The token that the first row of a tap or parameter is of. */
function firstOf(config: ViTConfig, name: TapSpec['name']): number {
	if (name === 'parameters.dist_token') return DISTILLATION;
	return name === 'parameters.reg_tokens' ? prefixTokens(config) - config.registers : 0;
}
