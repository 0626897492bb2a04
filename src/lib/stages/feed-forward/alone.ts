import { gelu } from '../../analysis/gelu';
import { linear } from '../../analysis/linear';
import type { Tap } from '../../lesson/stage';
import { namesOf } from './stage';

/** A linear layer's parameters: weight (in, out), row-major, and bias (out). */
export interface Layer {
	readonly weight: Float32Array;
	readonly bias: Float32Array;
}

/** The two layers of a block's feed-forward part. */
export function layersOf(tap: Tap, block: number): { fc1: Layer; fc2: Layer } {
	const { fc1, fc2 } = namesOf(block);
	const layer = ({ weight, bias }: typeof fc1): Layer => ({ weight: tap(weight).data, bias: tap(bias).data });
	return { fc1: layer(fc1), fc2: layer(fc2) };
}

/**
 * The feed-forward part for one token alone, from nothing but the token's own row: the proof that no other token has a
 * part in it.
 * @param row (d), after layer norm
 * @returns (d)
 */
export function feedForward(row: Float32Array, fc1: Layer, fc2: Layer): Float64Array {
	const active = linear(row, fc1.weight, fc1.bias).map(gelu);
	return linear(active, fc2.weight, fc2.bias);
}
