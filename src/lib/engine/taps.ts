import type { ModelConfig } from './config';
import { swinTapSpecs } from './swin/taps';
import { vitTapSpecs } from './vit-taps';

/** One intermediate of the forward pass: its name, its shape, and what each axis means. */
export interface TapSpec {
	readonly name: string;
	readonly shape: readonly number[];
	/** One name an axis, in the shape's order, e.g. `['batch', 'head', 'query', 'key']`. */
	readonly axes: readonly string[];
	/** Of a sequence that a run took tokens out of: those that are left, in order, by the numbers that they had in all of it. */
	readonly tokens?: readonly number[];
}

/** The values of one tap, row-major. */
export interface TapData extends TapSpec {
	readonly data: Float32Array;
}

/**
 * Every intermediate that the forward pass names, in the order in which it is computed. The batch axis is always 1:
 * shapes are PyTorch's, so that a tap can be laid beside a recorded one.
 */
export function tapSpecs(config: ModelConfig): TapSpec[] {
	return config.family === 'vit' ? vitTapSpecs(config) : swinTapSpecs(config);
}
