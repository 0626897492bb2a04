import { patchGrid } from '../config';
import type { Family, Places, SpecialToken } from '../family';
import type { TapSpec } from '../tap';
import { DISTILLATION, headInputTap, prefixTokens, tokenCount, tokenGrid, type ViTConfig } from './config';
import { vitWeightSpecs } from './parameters';
import { vitTapSpecs } from './taps';

/** ViT, DeiT, DINO, DINOv2, MAE, MSN and I-JEPA: one sequence of tokens through all blocks. */
export const vitFamily: Family<ViTConfig> = {
	tapSpecs: vitTapSpecs,
	parameterSpecs: vitWeightSpecs,
	places,
	grid: tokenGrid,
	groups(config) {
		const { rows, columns } = patchGrid(config);
		return [{ blocks: config.depth, heads: config.heads, tokens: tokenCount(config), grid: [rows, columns] }];
	},
	capabilities: ({ cls }) => [
		...(cls ? (['cls'] as const) : []),
		...(['patterns', 'sequence', 'blocks', 'positions', 'patches', 'projection'] as const)
	],
	blocks(config) {
		const { depth, dim, mlpDim, mlp, layerScale, patchSize: cell } = config;
		const all = { stage: 0, ...patchGrid(config), cell, dim, mlpDim, mlp, layerScale };
		return Array.from({ length: depth }, (_, at) => {
			return { ...all, at, stem: `blocks.${at}`, input: at === 0 ? 'embeddings' : `blocks.${at - 1}.out` };
		});
	},
	sizes: ({ depth, heads, dim }) => [depth, 'blocks', heads, 'heads', dim, 'wide'],
	picture: (config) => ({ tap: headInputTap(config), of: 'first', name: READ[config.pooling] })
};

/** What the head reads, in words. */
const READ: Record<ViTConfig['pooling'], string> = {
	cls: 'CLS token',
	mean: 'mean patch token',
	'cls+mean': 'CLS token beside its mean patch token'
};

function places(config: ViTConfig): Places {
	return {
		blocks: Array.from({ length: config.depth }, (_, i) => `blocks.${i}`),
		embedded: ['cls_token', 'dist_token', 'reg_tokens', 'pos_embed'].map((name) => `parameters.${name}`),
		head: ['norm', 'pooled', 'pooled_norm', 'head', 'head_dist', 'logits', 'probabilities'],
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
