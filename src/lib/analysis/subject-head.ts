import { meanOverHeads, patchPart, rowOf, type Attention } from './attention';

/** A head, and how much of what it gives lands on the photo's subject. */
export interface SubjectHead {
	/** Both counted from 0. */
	readonly block: number;
	readonly head: number;
	/** The share of its weights that lies on the subject, in [0, 1]. */
	readonly share: number;
	/** The share of the photo that the subject takes up, in (0, 1]: what a head that looks everywhere alike would give to it. */
	readonly area: number;
}

/**
 * The share of what the last block gives to patches that its subject holds: so much of the mass is kept of the attention
 * maps in Caron et al., "Emerging Properties in Self-Supervised Vision Transformers" (arXiv 2104.14294, figure 4).
 */
export const KEPT_MASS = 0.6;

/**
 * What a network takes for the subject of a photo: the fewest patches that hold {@link KEPT_MASS} of what CLS gives to
 * patches in its last block, on average over heads, beyond what the patches themselves give. Some models keep notes of the
 * whole picture in a few patches of plain ground, which every token looks at (Darcet et al., "Vision Transformers Need
 * Registers", arXiv 2309.16588): those are no subject. Without CLS, of what all tokens give, whose mean such a model mostly
 * reads.
 * @returns one a patch, row-major: 1 for the subject. At least one patch belongs to it.
 */
export function subjectOf(last: Attention, kept = KEPT_MASS): Uint8Array {
	const given = last.cls ? givenByClsAlone(last) : givenToPatches(last);
	const whole = given.reduce((sum, weight) => sum + weight, 0);
	const order = [...given.keys()].sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0));
	const subject = new Uint8Array(given.length);
	let held = 0;
	for (const patch of order) {
		subject[patch] = 1;
		held += given[patch] ?? 0;
		if (held >= kept * whole) break;
	}
	return subject;
}

/**
 * What a block gives to each patch, on average over heads, row-major: the weights of CLS, in [0, 1]; without CLS the mean
 * of all tokens'.
 */
export function givenToPatches(block: Attention): Float64Array {
	return givenBy(meanOverHeads(block), 0, block.cls ? 1 : block.tokens);
}

/** By how much CLS gives a larger part of what it gives to patches to each than the patches do; 0 where it is a smaller. */
function givenByClsAlone(block: Attention): Float64Array {
	const mean = meanOverHeads(block);
	const [own, others] = [givenBy(mean, 0, 1), givenBy(mean, mean.prefix, mean.tokens)].map(shares);
	return (own ?? new Float64Array()).map((share, patch) => Math.max(0, share - (others?.[patch] ?? 0)));
}

/** What the queries from one to before another give to each patch, on average. @param mean over the heads */
function givenBy(mean: Attention, from: number, to: number): Float64Array {
	const given = new Float64Array(mean.rows * mean.columns);
	for (let query = from; query < to; query++) {
		const row = patchPart(rowOf(mean, 0, query), mean.prefix);
		for (let patch = 0; patch < given.length; patch++)
			given[patch] = (given[patch] ?? 0) + (row[patch] ?? 0) / (to - from);
	}
	return given;
}

/** As parts of their sum. */
function shares(given: Float64Array): Float64Array {
	const whole = given.reduce((sum, weight) => sum + weight, 0) || 1;
	return given.map((weight) => weight / whole);
}

/**
 * The head that looks at the subject most: of all that this token gives, the largest share lies on the subject's patches.
 * The subject is read of the last block, so that is asked only where there is no other.
 * @param blocks all blocks, from the first
 * @param token the query, counted from 0 with the prefix
 * @param among the blocks that are asked; all but the last by default
 * @throws PatchworkError `request` for a token that is not there; RangeError without blocks
 */
export function subjectHead(
	blocks: readonly Attention[],
	token: number,
	among: readonly number[] = blocks.length > 1 ? [...blocks.keys()].slice(0, -1) : [0]
): SubjectHead {
	const last = blocks.at(-1);
	if (!last) throw new RangeError('Without blocks there are no heads to choose from.');
	const subject = subjectOf(last);
	const area = subject.reduce((sum, one) => sum + one, 0) / subject.length;
	let best: SubjectHead | null = null;
	for (const block of among) {
		const attention = blocks[block] ?? last;
		for (let head = 0; head < attention.heads; head++) {
			const share = shareOn(subject, patchPart(rowOf(attention, head, token), attention.prefix));
			if (best === null || share > best.share) best = { block, head, share, area };
		}
	}
	return best ?? { block: 0, head: 0, share: 0, area };
}

/** What of a row of weights lies on the subject. */
function shareOn(subject: Uint8Array, patches: Float32Array): number {
	let share = 0;
	for (let patch = 0; patch < subject.length; patch++) if (subject[patch] === 1) share += patches[patch] ?? 0;
	return share;
}
