import type { Grid } from '../../marks/tokens';

/** How much patches differ, as the root of the mean squared difference of their numbers. */
export interface Likeness {
	/** From the next in the sequence in the same row of the grid: the neighbour at the right. */
	readonly right: number;
	/** From the one a row later in the sequence: the neighbour below. */
	readonly below: number;
	/** From any other patch. */
	readonly any: number;
}

/**
 * How much the patches of one photo differ from their neighbours.
 * @param patches (patches, width), row-major, in the grid's order
 */
export function likenessOf(patches: Float32Array, width: number, { rows, columns }: Grid): Likeness {
	const count = rows * columns;
	const pairs = (step: number, has: (patch: number) => boolean) => {
		let sum = 0;
		let n = 0;
		for (let patch = 0; patch + step < count; patch++) {
			if (!has(patch)) continue;
			sum += squaredDifference(patches, patch * width, (patch + step) * width, width);
			n++;
		}
		return n > 0 ? Math.sqrt(sum / n) : 0;
	};
	return {
		right: pairs(1, (patch) => (patch + 1) % columns > 0),
		below: pairs(columns, () => true),
		any: anyPair(patches, width, count)
	};
}

function squaredDifference(values: Float32Array, a: number, b: number, width: number): number {
	let sum = 0;
	for (let i = 0; i < width; i++) sum += ((values[a + i] ?? 0) - (values[b + i] ?? 0)) ** 2;
	return sum / width;
}

/** Over all pairs of different patches the mean square of a difference is 2 n / (n - 1) times the variance. */
function anyPair(patches: Float32Array, width: number, count: number): number {
	if (count < 2) return 0;
	let variance = 0;
	for (let i = 0; i < width; i++) {
		let sum = 0;
		let squares = 0;
		for (let patch = 0; patch < count; patch++) {
			const value = patches[patch * width + i] ?? 0;
			sum += value;
			squares += value ** 2;
		}
		variance += squares / count - (sum / count) ** 2;
	}
	return Math.sqrt((2 * count * Math.max(0, variance)) / ((count - 1) * width));
}
