import type { Pause } from '../base/slices';
import { has, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { prefixTokens, tokenCount, type ViTConfig } from '../engine/vit/config';
import { attentionOf, meanOverHeads, patchPart, rowOf, type Attention } from './attention';
import { gradCam, gradCamTap, positivePart } from './grad-cam';
import { inputTimesGradient, overPatches } from './input-gradient';
import { relevanceFrom, relevanceTaps } from './relevance';
import { rolloutFrom } from './rollout';

/** The maps that claim to say which patches count: the first two of any class, the others of one. */
export const CLASS_MAPS = ['attention', 'rollout', 'relevance', 'grad-cam', 'input x gradient'] as const;
export type ClassMap = (typeof CLASS_MAPS)[number];

/** Whether all of them can be made: of one sequence of tokens with whole patterns, whose configuration is a ViT's. */
export const isMapped = (config: ModelConfig): config is ViTConfig => has(config, 'patterns', 'sequence', 'blocks');

/**
 * The taps of which the values, and the gradients of the class's logit, are needed.
 * @throws PatchworkError `request` for a model without one sequence of tokens
 */
export function classMapTaps(config: ModelConfig): string[] {
	const patterns = relevanceTaps(config);
	return [...patterns, gradCamTap({ depth: patterns.length }), 'pixel_values'];
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
	const [tokens, pixels] = values.slice(config.depth);
	const [byToken, byPixel] = gradients.slice(config.depth);
	if (!patterns || !ofPatterns || !tokens || !pixels || !byToken || !byPixel)
		throw new Error('Every tap of classMapTaps is needed, with its gradient.');
	const relevance = await relevanceFrom(patterns, ofPatterns, readsPatches(config) ? null : 0, pause);
	return {
		attention: patchPart(lastRow(patterns, config), prefix),
		rollout: patchPart(await rolledOut(patterns, config, pause), prefix),
		relevance: patchPart(relevance, prefix),
		'grad-cam': positivePart(gradCam(tokens, byToken, config)),
		'input x gradient': overPatches(inputTimesGradient(pixels, byPixel), config.imageSize[1], config.patchSize)
	};
}

const readsPatches = ({ pooling }: ViTConfig) => pooling === 'mean';

/** The tokens whose rows are asked: CLS, or all patches where the head reads their mean. */
function tokensAsked(config: ViTConfig): number[] {
	const first = prefixTokens(config);
	return readsPatches(config) ? Array.from({ length: tokenCount(config) - first }, (_, i) => first + i) : [0];
}

/** What the asked tokens attend to in the last block, mean over its heads. */
function lastRow(patterns: readonly Attention[], config: ViTConfig): Float32Array {
	const [last] = patterns.slice(-1).map(meanOverHeads);
	return meanOf(tokensAsked(config).map((token) => (last ? rowOf(last, 0, token) : new Float32Array())));
}

async function rolledOut(patterns: readonly Attention[], config: ViTConfig, pause: Pause): Promise<Float32Array> {
	const rows: Float32Array[] = [];
	for (const token of tokensAsked(config)) rows.push(await rolloutFrom(patterns, tokenCount(config), token, pause));
	return meanOf(rows);
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
	const mean = new Float64Array(rows[0]?.length ?? 0);
	for (const row of rows) for (const [i, value] of row.entries()) mean[i] = (mean[i] ?? 0) + value / rows.length;
	return Float32Array.from(mean);
}
