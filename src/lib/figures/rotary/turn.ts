/** Two features of a query or a key, as an arrow in a plane. */
export type Arrow = readonly [x: number, y: number];

/**
 * What rotary positions do to a pair of features: turned about the origin, from the first axis towards the second (Su et
 * al. 2021, arXiv 2104.09864, equation 13).
 * @param angle in radians
 */
export function turn([x, y]: Arrow, angle: number): Arrow {
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return [x * cos - y * sin, x * sin + y * cos];
}

export const product = (a: Arrow, b: Arrow): number => a[0] * b[0] + a[1] * b[1];

export const lengthOf = ([x, y]: Arrow): number => Math.hypot(x, y);

/** An angle brought into (-pi, pi]. */
export function wrapped(angle: number): number {
	const turns = angle / (2 * Math.PI);
	return 2 * Math.PI * (turns - Math.ceil(turns - 0.5));
}

/** The angle by which an arrow was turned, in (-pi, pi]; 0 for one without length. */
export function angleBetween(before: Arrow, after: Arrow): number {
	return Math.atan2(before[0] * after[1] - before[1] * after[0], product(before, after));
}

/**
 * Pair `pair` of a head's features: one of the first half with the one at the same place of the second half, as DINOv3
 * pairs them. @param vector (s) @param pair from 0 to s/2 - 1
 */
export function pairOf(vector: ArrayLike<number>, pair: number): Arrow {
	return [vector[pair] ?? 0, vector[pair + Math.floor(vector.length / 2)] ?? 0];
}

/** The pair in which a query and a key are longest: the product of their lengths is the most that it can add to a score. */
export function longestPair(query: ArrayLike<number>, key: ArrayLike<number>): number {
	const lengths = Array.from(
		{ length: Math.floor(query.length / 2) },
		(_, pair) => lengthOf(pairOf(query, pair)) * lengthOf(pairOf(key, pair))
	);
	return Math.max(0, lengths.indexOf(Math.max(...lengths)));
}

/**
 * The place at which an arrow points where it was dragged to: of all places whose turn comes nearest to that, the nearest
 * to where it is now, for a full turn later it points there again.
 * @param dragged how far the arrow was dragged from where it points unturned, in radians
 * @param step the turn for each place, in radians @param now the place so far @param last the last place; the first is 1
 */
export function placeAt(dragged: number, step: number, now: number, last: number): number {
	const miss = (place: number) => Math.abs(wrapped(dragged - place * step));
	const places = Array.from({ length: last }, (_, i) => i + 1);
	const least = Math.min(...places.map(miss));
	const best = places.filter((place) => miss(place) < least + 1e-9);
	return best.reduce((near, place) => (Math.abs(place - now) < Math.abs(near - now) ? place : near), best[0] ?? now);
}

const DEGREES = 180 / Math.PI;

export const toRadians = (degrees: number): number => degrees / DEGREES;
export const toDegrees = (radians: number): number => radians * DEGREES;
