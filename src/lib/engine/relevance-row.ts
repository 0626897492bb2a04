import * as tf from '@tensorflow/tfjs-core';
import { putBack } from './edits/gradient';

/** Some heads of a pattern, or all: what they give, and the gradient of a class's logit with respect to that. */
export interface HeadsSeen {
	/** (some heads, queries, keys) */
	readonly weights: tf.Tensor3D;
	/** Laid out alike. */
	readonly gradient: tf.Tensor3D;
	/** How many heads there are in all. */
	readonly heads: number;
}

/** Those that are left of a sequence, by the numbers that they had in all of it; null for all. */
type Tokens = readonly number[] | null;

/**
 * How much each token counts for a class, by the attention of all blocks and its gradient (Chefer, Gur and Wolf 2021, ICCV,
 * arXiv 2103.15679, equations 5 and 6, for self-attention): `R` begins as the identity, and block by block becomes
 * `R + mean over heads of max(0, gradient x attention) R`. No row is normalised, and nothing is propagated by layers
 * (LRP). What the head reads needs one row of the product only, and that is carried from the last block to the first: the
 * way that the gradients come. So a block's pattern and its gradient are seen once, as they are made, and need not stay.
 * Owns the row.
 */
export class RelevanceRow {
	/** Of the block that is gone through: what its patterns are multiplied by, and what comes of it so far. */
	#before: tf.Tensor2D | null = null;
	#after: tf.Tensor2D | null = null;
	#block = '';

	/**
	 * Says what of each token the head reads.
	 * @param row (1, some tokens)
	 * @param tokens which these are, by the numbers that they have in the sequence; null for all
	 * @param all tokens of the sequence
	 */
	begin(row: tf.Tensor2D, tokens: Tokens, all: number): void {
		this.#hold(tf.tidy(() => inWhole(row, tokens, all)));
	}

	/** The same where a learned query reads them: by its weights and their gradient, as in a block. @param seen all heads, of one query */
	beginBy(seen: HeadsSeen, tokens: Tokens, all: number): void {
		tf.tidy(() => this.begin(passedOn(tf.ones([1, 1]), seen), tokens, all));
	}

	/** Goes through some heads of a block's pattern: each of them once. @param block e.g. `blocks.3` @param tokens that are left in it */
	follow(block: string, seen: HeadsSeen, tokens: Tokens): void {
		if (block !== this.#block) this.#enter(block);
		const [before, after] = [this.#before, this.#after];
		if (!before || !after) return;
		const sum = tf.tidy(() => {
			const row = tokens ? tf.gather(before, tf.tensor1d([...tokens], 'int32'), 1) : before;
			return tf.add<tf.Tensor2D>(after, inWhole(passedOn(row, seen), tokens, after.shape[1]));
		});
		this.#hold(sum);
	}

	/** Hands the row over, (1, tokens): the caller's. Null where it has not begun. */
	take(): tf.Tensor2D | null {
		this.#enter('');
		const row = this.#after;
		this.#before = this.#after = null;
		return row;
	}

	dispose(): void {
		this.take()?.dispose();
	}

	#enter(block: string): void {
		if (this.#before !== this.#after) this.#before?.dispose();
		this.#before = this.#after;
		this.#block = block;
	}

	#hold(row: tf.Tensor2D): void {
		if (this.#after !== this.#before) this.#after?.dispose();
		this.#after = tf.keep(row);
	}
}

/** `row * mean over heads of max(0, gradient x attention)`. @param row (1, queries) @returns (1, keys): the part of these heads */
function passedOn(row: tf.Tensor2D, { weights, gradient, heads }: HeadsSeen): tf.Tensor2D {
	return tf.tidy(() => {
		const [some, queries, keys] = weights.shape;
		const counts = tf.reshape(tf.relu(tf.mul(weights, gradient)), [some * queries, keys]);
		const share = tf.mul<tf.Tensor2D>(row, 1 / heads);
		const rows = tf.concat<tf.Tensor2D>(Array<tf.Tensor2D>(some).fill(share), 1);
		// As a column, for the plain product would have WebAssembly copy all of what stands on its right.
		return tf.reshape(tf.matMul(counts, rows, true, true), [1, keys]);
	});
}

function inWhole(row: tf.Tensor2D, tokens: Tokens, all: number): tf.Tensor2D {
	if (!tokens) return tf.reshape(row, row.shape);
	return putBack(row, { axis: 1, places: tokens }, [1, all]) as tf.Tensor2D;
}
