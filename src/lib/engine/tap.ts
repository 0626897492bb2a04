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
