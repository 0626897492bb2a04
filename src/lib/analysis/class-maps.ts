import type { Pause } from '../base/slices';
import { has, transformerBlocks, type ModelConfig } from '../engine/families';
import { checkRelevance, RELEVANCE } from '../engine/relevance';
import type { TapData } from '../engine/tap';
import { poolsByAttention, prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';
import { attentionOf, headsAveraged, patchPart, rowOf, type Attention } from './attention';
import { gradCam, gradCamTap, positivePart } from './grad-cam';
import { inputTimesGradient, overPatches } from './input-gradient';
import { rolloutFrom } from './rollout';

/** The maps that claim to say which patches count: the first two of any class, the others of one. */
export const CLASS_MAPS = [
	'attention',
	'rollout',
	'relevance',
	'grad-cam',
	/* @wc-ignore */ 'input x gradient'
] as const;
export type ClassMap = (typeof CLASS_MAPS)[number];

/** Those of them that know of no class. */
export type AttentionMap = 'attention' | 'rollout';

/** Those of one class, from its gradients. */
export type GradientMap = Exclude<ClassMap, AttentionMap>;

/** Whether all of them can be made: of one sequence of tokens with whole patterns, whose configuration is a ViT's. */
export const isMapped = (config: ModelConfig): config is ViTConfig => has(config, 'patterns', 'sequence', 'blocks');

/**
 * The taps whose values maps of one class are made of.
 * @throws PatchworkError `request` for a model without one sequence of tokens
 */
export function gradientMapTaps(config: ModelConfig): string[] {
	checkRelevance(config);
	return [gradCamTap({ depth: transformerBlocks(config).length }), 'pixel_values'];
}

/** What is asked for of the gradients of the class's logit: with respect to the same taps, and relevance. @throws as they do */
export const gradientMapNames = (config: ModelConfig): string[] => [...gradientMapTaps(config), RELEVANCE];

/** What a class is told apart by. */
export interface ClassTaps {
	/** Of {@link gradientMapTaps}, in that order. */
	readonly values: readonly TapData[];
	/** Of {@link gradientMapNames}, in that order. */
	readonly gradients: readonly TapData[];
}

/** The maps of one class: one number a patch, row by row, each on a scale of its own. */
export function gradientMaps(
	{ values: [tokens, pixels], gradients: [byToken, byPixel, relevance] }: ClassTaps,
	config: ModelConfig
): Record<GradientMap, Float32Array> {
	if (!isMapped(config)) throw new Error('gradientMapTaps has refused such a model.');
	if (!tokens || !pixels || !byToken || !byPixel || !relevance)
		throw new Error('Every tap is needed, with its gradient, and relevance.');
	const sizes = { tokens: tokenCount(config), prefix: prefixTokens(config) };
	return {
		relevance: patchPart(relevance.data, sizes.prefix),
		'grad-cam': positivePart(gradCam(tokens, byToken, sizes)),
		'input x gradient': overPatches(inputTimesGradient(pixels, byPixel), config.imageSize[1], config.patchSize)
	};
}

/**
 * The maps that know of no class, laid out alike. Of each block the mean over its heads is read when its turn comes.
 * @param read reads a tap of the run, or of a pattern the mean over its heads
 * @param pause awaited between blocks
 * @throws whatever `read` and `pause` throw
 */
export async function attentionMaps(
	config: ModelConfig,
	read: (name: string, part: 'mean' | null) => Promise<TapData>,
	pause: Pause = () => undefined
): Promise<Record<AttentionMap, Float32Array>> {
	if (!isMapped(config)) throw new Error('Only where one sequence of tokens has patterns.');
	const means = transformerBlocks(config).map(({ stem }) => async () => {
		return attentionOf(await read(`${stem}.attn.pattern`, 'mean'), { ...config, heads: 1 });
	});
	const shares = poolsByAttention(config) ? weightsOf(await read('pool.attn.pattern', null)) : sharesRead(config);
	const last = await means.at(-1)?.();
	const attended = poolsByAttention(config) || !last ? shares : sumOfRows(last, shares);
	const rolled = await rolloutFrom(means, tokenCount(config), shares, pause);
	const prefix = prefixTokens(config);
	return { attention: patchPart(attended, prefix), rollout: patchPart(rolled, prefix) };
}

/** What of each token the head reads: CLS, or all patches alike where it reads their mean. */
function sharesRead(config: ViTConfig): Float32Array {
	const [all, first] = [tokenCount(config), prefixTokens(config)];
	const shares = new Float32Array(all);
	if (config.pooling === 'mean') return shares.fill(1 / (all - first), first);
	return shares.fill(1, 0, 1);
}

/** What a learned query gives each token, mean over its heads. @param pool (1, heads, 1, n) */
function weightsOf({ data, shape }: Pick<TapData, 'data' | 'shape'>): Float32Array {
	return headsAveraged({ data, heads: shape[1] ?? 1 }, shape[3] ?? 0);
}

/** What tokens attend to, by their shares. @param mean an attention of one head */
function sumOfRows(mean: Attention, shares: Float32Array): Float32Array {
	const sum = new Float64Array(mean.tokens);
	for (const [token, share] of shares.entries())
		if (share !== 0) for (const [i, weight] of rowOf(mean, 0, token).entries()) sum[i] = (sum[i] ?? 0) + share * weight;
	return Float32Array.from(sum);
}
