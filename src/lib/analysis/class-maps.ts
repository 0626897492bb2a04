import type { Pause } from '../base/slices';
import { has, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { poolsByAttention, prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';
import { attentionOf, headsAveraged, meanOverHeads, patchPart, rowOf, type Attention } from './attention';
import { gradCam, gradCamTap, positivePart } from './grad-cam';
import { inputTimesGradient, overPatches } from './input-gradient';
import { relevanceFrom, relevanceTaps } from './relevance';
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

/** Whether all of them can be made: of one sequence of tokens with whole patterns, whose configuration is a ViT's. */
export const isMapped = (config: ModelConfig): config is ViTConfig => has(config, 'patterns', 'sequence', 'blocks');

/**
 * The taps of which the values, and the gradients of the class's logit, are needed.
 * @throws PatchworkError `request` for a model without one sequence of tokens
 */
export function classMapTaps(config: ModelConfig): string[] {
	const patterns = relevanceTaps(config);
	const pooling = isMapped(config) && poolsByAttention(config) ? ['pool.attn.pattern'] : [];
	return [...patterns, gradCamTap({ depth: patterns.length }), 'pixel_values', ...pooling];
}

/** Those of them that need the values and the gradients of no pattern, which of a large run are too many. */
export type PatternlessMap = 'grad-cam' | 'input x gradient';

/** As {@link classMapTaps}, of these alone. @throws as that does */
export function patternlessTaps(config: ModelConfig): string[] {
	return [gradCamTap({ depth: relevanceTaps(config).length }), 'pixel_values'];
}

/** What a class is told apart by: the values of {@link classMapTaps} and the gradients of its logit, in that order. */
export interface ClassTaps {
	readonly values: readonly TapData[];
	readonly gradients: readonly TapData[];
}

/**
 * All maps of one class: one number a patch, row by row, each on a scale of its own.
 * @param pause awaited between blocks
 * @throws whatever `pause` throws
 */
export async function classMaps(
	{ values, gradients }: ClassTaps,
	config: ModelConfig,
	pause: Pause = () => undefined
): Promise<Record<ClassMap, Float32Array>> {
	if (!isMapped(config)) throw new Error('classMapTaps has refused such a model.');
	const prefix = prefixTokens(config);
	const [patterns, ofPatterns] = [values, gradients].map((taps) =>
		taps.slice(0, config.depth).map((tap) => attentionOf(tap, config))
	);
	const [tokens, pixels, pool] = values.slice(config.depth);
	const [byToken, byPixel, byPool] = gradients.slice(config.depth);
	if (!patterns || !ofPatterns || !tokens || !pixels || !byToken || !byPixel)
		throw new Error('Every tap of classMapTaps is needed, with its gradient.');
	const counts = pool && byPool ? countsInPooling(pool, byPool) : readsPatches(config) ? null : 0;
	const patternless = patternlessMaps({ values: [tokens, pixels], gradients: [byToken, byPixel] }, config);
	const relevance = await relevanceFrom(patterns, ofPatterns, counts, pause);
	const asked = pool ? asWeighted(weightsOf(pool)) : tokensAsked(config);
	return {
		attention: patchPart(pool ? weightsOf(pool) : lastRow(patterns, asked), prefix),
		rollout: patchPart(await rolledOut(patterns, config, asked, pause), prefix),
		relevance: patchPart(relevance, prefix),
		...patternless
	};
}

/** As {@link classMaps}, of these alone. @param taps those of {@link patternlessTaps} */
export function patternlessMaps(
	{ values: [tokens, pixels], gradients: [byToken, byPixel] }: ClassTaps,
	config: ModelConfig
): Record<PatternlessMap, Float32Array> {
	if (!isMapped(config)) throw new Error('patternlessTaps has refused such a model.');
	if (!tokens || !pixels || !byToken || !byPixel) throw new Error('Every tap is needed, with its gradient.');
	const sizes = { tokens: tokenCount(config), prefix: prefixTokens(config) };
	return {
		'grad-cam': positivePart(gradCam(tokens, byToken, sizes)),
		'input x gradient': overPatches(inputTimesGradient(pixels, byPixel), config.imageSize[1], config.patchSize)
	};
}

const readsPatches = ({ pooling }: ViTConfig) => pooling === 'mean';

/** A token whose row is asked, and its share of what is read. */
interface Asked {
	readonly token: number;
	readonly share: number;
}

/** CLS, or all patches alike where the head reads their mean. */
function tokensAsked(config: ViTConfig): Asked[] {
	const first = prefixTokens(config);
	if (!readsPatches(config)) return [{ token: 0, share: 1 }];
	const patches = tokenCount(config) - first;
	return Array.from({ length: patches }, (_, i) => ({ token: first + i, share: 1 / patches }));
}

const asWeighted = (weights: Float32Array): Asked[] => Array.from(weights, (share, token) => ({ token, share }));

/** What a learned query gives each token, mean over its heads. @param pool (1, heads, 1, n) */
function weightsOf({ data, shape }: Pick<TapData, 'data' | 'shape'>): Float32Array {
	return headsAveraged({ data, heads: shape[1] ?? 1 }, shape[3] ?? 0);
}

/** How much each token counts in the pooling, by its weights and their gradient, as in a block: see `relevance.ts`. */
function countsInPooling(pool: TapData, gradient: TapData): Float32Array {
	const data = pool.data.map((weight, i) => Math.max(0, weight * (gradient.data[i] ?? 0)));
	return weightsOf({ data, shape: pool.shape });
}

/** What the asked tokens attend to in the last block, mean over its heads. */
function lastRow(patterns: readonly Attention[], asked: readonly Asked[]): Float32Array {
	const [last] = patterns.slice(-1).map(meanOverHeads);
	return shared(asked, ({ token }) => (last ? rowOf(last, 0, token) : new Float32Array()));
}

async function rolledOut(
	patterns: readonly Attention[],
	config: ViTConfig,
	asked: readonly Asked[],
	pause: Pause
): Promise<Float32Array> {
	const rows: Float32Array[] = [];
	for (const { token } of asked) rows.push(await rolloutFrom(patterns, tokenCount(config), token, pause));
	return shared(asked, (_, i) => rows[i] ?? new Float32Array());
}

/** Rows by their shares, summed. */
function shared(asked: readonly Asked[], rowFor: (one: Asked, i: number) => Float32Array): Float32Array {
	const sum: number[] = [];
	for (const [i, one] of asked.entries())
		for (const [j, value] of rowFor(one, i).entries()) sum[j] = (sum[j] ?? 0) + value * one.share;
	return Float32Array.from(sum);
}
