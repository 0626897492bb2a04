import { dot, softmaxSteps } from '../../analysis/linear';

/** How far the toy goes: products alone, on to the shares, or on to the sum of the values. */
export const STAGES = ['products', 'shares', 'sum'] as const;
export type Stage = (typeof STAGES)[number];

/** An arrow of two numbers. */
export type Arrow = readonly [first: number, second: number];

/** What can be dragged: made up, and small enough to be followed by hand. */
export interface Toy {
	readonly query: Arrow;
	readonly keys: readonly Arrow[];
	/** What each token hands over: one number, so that the sum can be done by heart. */
	readonly values: readonly number[];
}

export const TOY: Toy = {
	query: [2, 1],
	keys: [
		[2.5, -0.5],
		[0.5, 2],
		[-1.5, 1]
	],
	values: [10, 4, -6]
};

/** Arrows reach so far in each direction, and move in such steps. */
export const LIMIT = 3;
export const STEP = 0.1;

/** Each line of the toy's arithmetic, one number a key. */
export interface ToySteps {
	readonly products: readonly number[];
	/** The products divided by the root of 2, for arrows of two numbers. */
	readonly scores: readonly number[];
	/** In (0, 1]; they sum to 1. */
	readonly shares: readonly number[];
	/** The values, each times its share, added up. */
	readonly sum: number;
	/** Where the shadow of each key ends on the line of the query. */
	readonly shadows: readonly Arrow[];
}

export function toySteps({ query, keys, values }: Toy): ToySteps {
	const products = keys.map((key) => dot(query, key));
	const scores = products.map((product) => product / Math.SQRT2);
	const shares = [...softmaxSteps(scores).weights];
	const length = dot(query, query);
	const shadows = products.map((product): Arrow => {
		const factor = length > 0 ? product / length : 0;
		return [query[0] * factor, query[1] * factor];
	});
	return { products, scores, shares, sum: dot(shares, values), shadows };
}

/** An arrow that was dragged here: on the toy's grid of steps, and inside its limits. */
export function placed([first, second]: Arrow): Arrow {
	const near = (value: number) => {
		const steps = Math.round(Math.min(LIMIT, Math.max(-LIMIT, value)) / STEP);
		// Never a negative zero, which would be written as one.
		return steps === 0 ? 0 : Number((steps * STEP).toFixed(1));
	};
	return [near(first), near(second)];
}

/** Where a key of the keyboard moves an arrow; null for one that means nothing here. */
export function movedBy([first, second]: Arrow, key: string): Arrow | null {
	switch (key) {
		case 'ArrowLeft':
			return placed([first - STEP, second]);
		case 'ArrowRight':
			return placed([first + STEP, second]);
		case 'ArrowUp':
			return placed([first, second + STEP]);
		case 'ArrowDown':
			return placed([first, second - STEP]);
		default:
			return null;
	}
}

/** The toy with one arrow elsewhere. @param which -1 for the query, or which key from 0 */
export function withArrow(toy: Toy, which: number, to: Arrow): Toy {
	if (which < 0) return { ...toy, query: to };
	return { ...toy, keys: toy.keys.map((key, i) => (i === which ? to : key)) };
}
