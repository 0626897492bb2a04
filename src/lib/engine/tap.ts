/** One intermediate of the forward pass: its name, its shape, and what each axis means. */
export interface TapSpec {
	readonly name: string;
	readonly shape: readonly number[];
	/** One name an axis, in the shape's order, e.g. `['batch', 'head', 'query', 'key']`. */
	readonly axes: readonly string[];
}

/** The values of one tap, row-major. */
export interface TapData extends TapSpec {
	readonly data: Float32Array;
}
