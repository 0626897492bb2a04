/**
 * The numbers 0 to `count` - 1 in an order that depends on the seed alone (Fisher and Yates, with mulberry32), so that
 * an experiment can be repeated.
 */
export function shuffled(count: number, seed: number): number[] {
	const order = Array.from({ length: count }, (_, i) => i);
	const next = uniform(seed);
	for (let last = count - 1; last > 0; last--) {
		const other = Math.floor(next() * (last + 1));
		[order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
	}
	return order;
}

/** Numbers in [0, 1) that depend on the seed alone. @returns the next one */
export function uniform(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
