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
	/** The values as binary16, where they were asked for so (see `part.ts`): `data` is empty then. */
	readonly halves?: Uint16Array;
}

/** Taps of which none shares its values with another, so that all can be transferred: one that comes again is a copy. */
export function eachItsOwn(taps: readonly TapData[]): TapData[] {
	const seen = new Set<Float32Array>();
	return taps.map((tap) => {
		const { data, halves } = tap;
		if (seen.has(data)) return { ...tap, data: data.slice(), ...(halves && { halves: halves.slice() }) };
		seen.add(data);
		return tap;
	});
}
