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

/** Taps of which none shares its values with another, so that all can be transferred: one that comes again is a copy. */
export function eachItsOwn(taps: readonly TapData[]): TapData[] {
	const seen = new Set<Float32Array>();
	return taps.map((tap) => {
		if (seen.has(tap.data)) return { ...tap, data: tap.data.slice() };
		seen.add(tap.data);
		return tap;
	});
}
