import { linear } from '../../analysis/linear';
import { lastLayer, type Layer } from '../kit/last-layer';
import type { Tap } from '../figure';
import { bendOf } from './bend';
import { namesOf, type Part } from './part';

/** The two layers of a block's feed-forward part; what the first gives are with a gate first all gates, then all values. */
export function layersOf(tap: Tap, part: Part): { fc1: Layer; fc2: Layer } {
	const { weight, bias } = namesOf(part).fc1;
	return { fc1: { weight: tap(weight).data, bias: tap(bias).data }, fc2: lastLayer(tap, part, part.block, 'fc2') };
}

/**
 * The feed-forward part for one token alone, from nothing but the token's own row: the proof that no other token has a
 * part in it.
 * @param row (d), after layer norm
 * @returns (d)
 */
export function feedForward(
	row: Float32Array,
	{ fc1, fc2 }: { fc1: Layer; fc2: Layer },
	{ mlp, gelu, mlpDim }: Part
): Float64Array {
	const hidden = linear(row, fc1.weight, fc1.bias);
	const bent = hidden.subarray(0, mlpDim).map(bendOf({ mlp, gelu }).at);
	const active = mlp === 'swiglu' ? bent.map((open, i) => open * (hidden[mlpDim + i] ?? NaN)) : bent;
	return linear(active, fc2.weight, fc2.bias);
}
