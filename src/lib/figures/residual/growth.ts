import { ranked } from '../../analysis/vectors';
import { cosine } from '../../analysis/cosine';
import { norm, rowAt } from '../../analysis/linear';
import { transformerBlocks, type ModelConfig } from '../../engine/families';

/** One block's taps that have to do with the residual stream, each tokens x features, row-major. */
export interface BlockTaps {
	readonly input: Float32Array;
	/** What attention adds. */
	readonly attention: Float32Array;
	/** What the feed-forward part adds. */
	readonly feedForward: Float32Array;
	readonly out: Float32Array;
}

/** What one part of a block adds to a token's stream. */
export interface Addition {
	/** Its Euclidean norm. */
	readonly size: number;
	/** Cosine of the angle between it and the stream that it is added to, in [-1, 1]. */
	readonly cosine: number;
}

/** How one block changes one token's stream; norms are Euclidean. */
export interface Growth {
	readonly before: number;
	readonly attention: Addition;
	readonly feedForward: Addition;
	readonly after: number;
}

/** Follows a token through a block. @param dim features of a row */
export function growthOf({ input, attention, feedForward, out }: BlockTaps, token: number, dim: number): Growth {
	const before = rowAt(input, dim, token);
	const attended = rowAt(attention, dim, token);
	const between = before.map((value, i) => value + (attended[i] ?? NaN));
	const fed = rowAt(feedForward, dim, token);
	return {
		before: norm(before),
		attention: { size: norm(attended), cosine: cosine(attended, before) },
		feedForward: { size: norm(fed), cosine: cosine(fed, between) },
		after: norm(rowAt(out, dim, token))
	};
}

/** Mean over the patches, or over the tokens of a stage's map, of the norm of each one's row. @param prefix tokens before the patches */
export function meanPatchNorm(data: Float32Array, dim: number, prefix: number): number {
	const tokens = data.length / dim;
	let sum = 0;
	for (let token = prefix; token < tokens; token++) sum += norm(rowAt(data, dim, token));
	return sum / (tokens - prefix);
}

/** The features at which a row has its largest values, of either sign, largest first. */
export function largestAt(row: ArrayLike<number>, count: number): number[] {
	return ranked(Array.from(row, Math.abs)).slice(0, count);
}

/** What becomes of a model's tokens between two stages, in the middle of a sentence. */
export function betweenStages(config: ModelConfig): string {
	const stages = transformerBlocks(config).filter(({ at }) => at === 0);
	const fourInOne = stages.every(({ cell, dim }, i) => {
		const before = stages[i - 1];
		return !before || (cell === 2 * before.cell && dim > before.dim);
	});
	return fourInOne ? 'four tokens are merged into one that is wider' : 'the tokens become others';
}
