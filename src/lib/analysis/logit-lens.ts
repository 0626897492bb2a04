import { DISTILLATION, poolsByAttention, prefixTokens, type ViTConfig } from '../engine/vit/config';
import type { Scores } from '../engine/scores';
import { layerNorm, linear, rowAt, sigmoid, softmax, type NormParameters, type Numbers } from './linear';
import { POOL_TAPS, pooledByQuery, poolReadout, type PoolReadout } from './pooling';

/** A linear layer that makes logits: weight (features, classes), row-major, and bias (classes). */
interface Head {
	readonly weight: Numbers;
	readonly bias: Numbers;
}

/** What stands after the last block: the final layer norm and the head. */
export interface Readout {
	/** Of the tokens, or of what is pooled from them, as the model has it; null in a model without one. */
	readonly norm: NormParameters | null;
	/** What a learned query pools the patches by, where the model has one. */
	readonly pool?: PoolReadout | null;
	readonly head: Head;
	/** That of the distillation token, where it has one of its own. */
	readonly distillation: Head | null;
}

const NORMS: Readonly<Record<ViTConfig['finalNorm'], readonly string[]>> = {
	tokens: ['norm'],
	pooled: ['pooled_norm'],
	none: []
};

/** The parameters that {@link readoutOf} reads, of a model with a head. */
export function readoutTaps(config: ViTConfig): string[] {
	const layers = [...NORMS[config.finalNorm], 'head', ...(config.distillationHead ? ['head_dist'] : [])];
	const pooling = poolsByAttention(config) ? POOL_TAPS : [];
	return [...layers.flatMap((name) => [`parameters.${name}.weight`, `parameters.${name}.bias`]), ...pooling];
}

/** What stands after the last block of a model with a head. @param valuesOf the values of a parameter */
export function readoutOf(config: ViTConfig, valuesOf: (parameter: string) => Float32Array): Readout {
	const layer = (name: string) => ({
		weight: valuesOf(`parameters.${name}.weight`),
		bias: valuesOf(`parameters.${name}.bias`)
	});
	const [norm] = NORMS[config.finalNorm];
	return {
		norm: norm === undefined ? null : { ...layer(norm), eps: config.layerNormEps },
		pool: poolsByAttention(config) ? poolReadout(config, valuesOf) : null,
		head: layer('head'),
		distillation: config.distillationHead ? layer('head_dist') : null
	};
}

/**
 * The logits that the model would give if it stopped here: the final layer norm and the head applied to the tokens after
 * any block, as nostalgebraist's "logit lens" (2020) does for language models. A probe: norm and head were trained for
 * the last block's output alone, for which this is exactly what the model computes.
 * @param tokens (n, d): `blocks.i.out`
 * @returns (classes)
 */
export function logitLens(
	tokens: Float32Array,
	config: ViTConfig,
	{ norm, pool, head, distillation }: Readout
): Float64Array {
	const normed = (values: Numbers): Numbers => (norm ? layerNorm(values, norm) : values);
	const late = config.finalNorm === 'pooled';
	const row = (token: number): Numbers => {
		const values = rowAt(tokens, config.dim, token);
		return late ? values : normed(values);
	};
	const cls = () => row(0);
	const mean = () => meanOfPatches(tokens.length / config.dim, config, row);
	const both = () => [...Array.from(cls()), ...mean()];
	const byQuery = () =>
		pool
			? pooledByQuery(
					Array.from({ length: tokens.length / config.dim }, (_, i) => row(i)),
					pool
				)
			: [];
	const pooled = { cls, mean, 'cls+mean': both, map: byQuery }[config.pooling]();
	const logits = linear(late ? normed(pooled) : pooled, head.weight, head.bias);
	if (!distillation) return logits;
	const others = linear(row(DISTILLATION), distillation.weight, distillation.bias);
	return logits.map((logit, i) => (logit + (others[i] ?? NaN)) / 2);
}

function meanOfPatches(count: number, config: ViTConfig, row: (token: number) => Numbers): Float64Array {
	const first = prefixTokens(config);
	const mean = new Float64Array(config.dim);
	for (let token = first; token < count; token++) {
		const values = row(token);
		for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (values[i] ?? 0) / (count - first);
	}
	return mean;
}

export interface LensClass {
	/** Counted from 0. */
	readonly index: number;
	/** What the model's `scores` make of its logit: in [0, 1], or the number itself. */
	readonly score: number;
	/** Counted from 1: 1 is the likeliest, or the first of plain numbers. */
	readonly rank: number;
}

/** What a head makes of its logits. @param logits (classes) @returns (classes) */
export function scoresOfLogits(logits: Numbers, scores: Scores): Float64Array {
	if (scores === 'softmax') return softmax(logits);
	return Float64Array.from(logits, scores === 'sigmoid' ? sigmoid : (logit) => logit);
}

/** All classes of some logits, likeliest first and of equal ones the first; plain numbers stay in their order. */
export function rankClasses(logits: Numbers, kind: Scores): LensClass[] {
	const scores = scoresOfLogits(logits, kind);
	const order = Array.from(scores, (_, index) => index);
	if (kind !== 'number') order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
	return order.map((index, i) => ({ index, score: scores[index] ?? 0, rank: i + 1 }));
}
