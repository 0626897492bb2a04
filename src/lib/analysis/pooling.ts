import type { ViTConfig } from '../engine/vit/config';
import { GELUS } from './gelu';
import { dot, layerNorm, linear, softmax, type NormParameters, type Numbers } from './linear';

/** A linear layer: weight (inputs, outputs), row-major, and bias (outputs). */
interface Layer {
	readonly weight: Numbers;
	readonly bias: Numbers;
}

/** The parameters of a pooling by a learned query, see `engine/vit/pooling.ts`. */
export interface PoolReadout {
	readonly probe: Numbers;
	readonly query: Layer;
	/** Keys and then values. */
	readonly keyValue: Layer;
	readonly proj: Layer;
	readonly norm: NormParameters;
	readonly fc1: Layer;
	readonly fc2: Layer;
	readonly heads: number;
	readonly gelu: (x: number) => number;
}

const LAYERS = ['query', 'key_value', 'proj', 'norm', 'fc1', 'fc2'] as const;

/** What {@link poolReadout} reads. */
export const POOL_TAPS: readonly string[] = [
	'parameters.pool.probe',
	...LAYERS.flatMap((name) => [`parameters.pool.${name}.weight`, `parameters.pool.${name}.bias`])
];

/** @param valuesOf the values of a parameter */
export function poolReadout(config: ViTConfig, valuesOf: (parameter: string) => Float32Array): PoolReadout {
	const layer = (name: (typeof LAYERS)[number]) => ({
		weight: valuesOf(`parameters.pool.${name}.weight`),
		bias: valuesOf(`parameters.pool.${name}.bias`)
	});
	return {
		probe: valuesOf('parameters.pool.probe'),
		query: layer('query'),
		keyValue: layer('key_value'),
		proj: layer('proj'),
		norm: { ...layer('norm'), eps: config.layerNormEps },
		fc1: layer('fc1'),
		fc2: layer('fc2'),
		heads: config.heads,
		gelu: GELUS[config.gelu]
	};
}

/**
 * What a learned query takes from tokens, by two shortcuts that leave a pass over them at n d for each head: a score is the
 * product of the token with `W_k q`, made once, and what a head takes home is the weighted mean of the tokens, times `W_v`.
 * What a key's bias adds is the same for every token, so the softmax takes it away.
 * @param tokens n rows of d
 * @returns (d)
 */
export function pooledByQuery(tokens: readonly Numbers[], pool: PoolReadout): Float64Array {
	const { heads, norm, gelu } = pool;
	const query = linear(pool.probe, pool.query.weight, pool.query.bias);
	const size = query.length / heads;
	const context = new Float64Array(query.length);
	for (let head = 0; head < heads; head++) {
		const asked = askedOf(query, head, pool);
		const weights = softmax(Float64Array.from(tokens, (token) => dot(token, asked) / Math.sqrt(size)));
		context.set(valueOf(weightedMean(tokens, weights), head, pool), head * size);
	}
	const attended = linear(context, pool.proj.weight, pool.proj.bias);
	const hidden = linear(layerNorm(attended, norm), pool.fc1.weight, pool.fc1.bias).map(gelu);
	const more = linear(hidden, pool.fc2.weight, pool.fc2.bias);
	return attended.map((value, i) => value + (more[i] ?? NaN));
}

/** `W_k q` of one head: (d). */
function askedOf(query: Float64Array, head: number, { keyValue: { weight }, heads }: PoolReadout): Float64Array {
	const [d, size] = [query.length, query.length / heads];
	return Float64Array.from({ length: d }, (_, i) => {
		let sum = 0;
		for (let f = head * size; f < (head + 1) * size; f++) sum += (weight[i * 2 * d + f] ?? 0) * (query[f] ?? 0);
		return sum;
	});
}

function weightedMean(tokens: readonly Numbers[], weights: Numbers): Float64Array {
	const mean = new Float64Array(tokens[0]?.length ?? 0);
	for (const [i, token] of tokens.entries()) {
		const share = weights[i] ?? 0;
		for (let f = 0; f < mean.length; f++) mean[f] = (mean[f] ?? 0) + share * (token[f] ?? 0);
	}
	return mean;
}

/** `x W_v + b` of one head: (features of a head). */
function valueOf(x: Float64Array, head: number, { keyValue: { weight, bias }, heads }: PoolReadout): Float64Array {
	const [d, size] = [x.length, x.length / heads];
	return Float64Array.from({ length: size }, (_, f) => {
		const column = d + head * size + f;
		let sum = bias[column] ?? 0;
		for (let i = 0; i < d; i++) sum += (x[i] ?? 0) * (weight[i * 2 * d + column] ?? 0);
		return sum;
	});
}
