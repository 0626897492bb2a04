import * as tf from '@tensorflow/tfjs-core';
import { contextBack, scoresBack, type ContextBack, type ScoresBack } from './attention-back';
import { hasOwnKernel, runOwnKernel } from './dispatch';
import { softmax, softmaxBack } from './softmax';

/*
 * Query, key and value of all heads come out of one linear layer side by side: a row of `qkv` is
 * [query of head 0, query of head 1, ..., key of head 0, ..., value of head 0, ...]. The plain versions below cut out
 * one head at a time and multiply plain matrices, because batched and transposed products take a slow scalar path on
 * the wasm backend (measured: twice the time of the whole pass).
 */

const PARTS = ['query', 'key', 'value'] as const;

/** The columns of one head in one of the three parts of `qkv`: (n, head features). */
function headOf(qkv: tf.Tensor2D, part: (typeof PARTS)[number], head: number, heads: number): tf.Tensor2D {
	const [n, width] = qkv.shape;
	const size = width / 3 / heads;
	const start = (PARTS.indexOf(part) * heads + head) * size;
	return tf.slice(qkv, [0, start], [n, size]);
}

/** Query, key and value of one head side by side: (n, 3 * head features). */
const ownOf = (qkv: tf.Tensor2D, head: number, heads: number): tf.Tensor2D =>
	tf.concat(
		PARTS.map((part) => headOf(qkv, part, head, heads)),
		1
	);

/** `f` of every head, in order. */
function eachHead<T>(heads: number, f: (head: number) => T): T[] {
	return Array.from({ length: heads }, (_, head) => f(head));
}

/**
 * Scaled dot products, `query @ key^T / sqrt(head features)` (Vaswani et al. 2017, arXiv 1706.03762, equation 1).
 * @param qkv (n, 3 * heads * head features)
 * @returns (heads, n, n): rows are queries, columns are keys
 */
export function attentionScores(qkv: tf.Tensor2D, heads: number): tf.Tensor3D {
	const own = runOwnKernel<tf.Tensor3D>('scores', { qkv }, { heads });
	if (own) return own;
	const [n, width] = qkv.shape;
	const scale = 1 / Math.sqrt(width / 3 / heads);
	const scores = eachHead(heads, (head) => {
		const query = tf.mul(headOf(qkv, 'query', head, heads), scale);
		const key = tf.transpose(headOf(qkv, 'key', head, heads));
		return tf.matMul(query, key);
	});
	return tf.reshape(tf.concat(scores, 0), [heads, n, n]);
}

/**
 * What every token takes home: for each head, the values weighted by the attention; the heads side by side.
 * @param weights (heads, n, n), rows sum to 1
 * @param qkv (n, 3 * heads * head features)
 * @returns (n, heads * head features)
 */
export function attentionContext(weights: tf.Tensor3D, qkv: tf.Tensor2D): tf.Tensor2D {
	const heads = weights.shape[0];
	const own = runOwnKernel<tf.Tensor2D>('context', { weights, qkv }, { heads });
	if (own) return own;
	const n = qkv.shape[0];
	const context = eachHead(heads, (head) => {
		const pattern = tf.reshape(tf.slice(weights, [head, 0, 0], [1, n, n]), [n, n]);
		return tf.matMul<tf.Tensor2D>(pattern, headOf(qkv, 'value', head, heads));
	});
	return tf.concat<tf.Tensor2D>(context, 1);
}

/** Is shown a pattern piece by piece: the next rows of a head, (1, rows, n), from its first to its last, head after head. */
type See = (rows: tf.Tensor3D) => void;

/** So many queries at once: of 3137 tokens their rows are 6 MB, where a head's are 39, and 85 tiles of a product high. */
const AT_ONCE = 510;

/**
 * All of attention piece by piece: what the tokens take home, without all patterns ever being there at once. On one
 * backend the numbers are those of {@link attentionScores}, a softmax and {@link attentionContext}, bit by bit. The pieces
 * are some rows of a head where a kernel of ours makes such, and whole heads elsewhere.
 * @param qkv (n, 3 * heads * head features)
 * @returns (n, heads * head features)
 */
export function attentionInPieces(qkv: tf.Tensor2D, heads: number, see: See = () => undefined): tf.Tensor2D {
	const make = hasOwnKernel('patternRows') ? headByRows : headAtOnce;
	const context = eachHead(heads, (head) => tf.tidy(() => make(qkv, head, heads, see)));
	return tf.concat<tf.Tensor2D>(context, 1);
}

function headAtOnce(qkv: tf.Tensor2D, head: number, heads: number, see: See): tf.Tensor2D {
	const own = ownOf(qkv, head, heads);
	const pattern = softmax(attentionScores(own, 1));
	see(pattern);
	return attentionContext(pattern, own);
}

/** What lies between two pieces is small and short-lived, so the memory of WebAssembly, which only grows, has few holes. */
function headByRows(qkv: tf.Tensor2D, head: number, heads: number, see: See): tf.Tensor2D {
	const n = qkv.shape[0];
	const pieces = Array.from({ length: Math.ceil(n / AT_ONCE) }, (_, piece) =>
		tf.tidy(() => {
			const from = piece * AT_ONCE;
			const attrs = { heads, head, from, rows: Math.min(AT_ONCE, n - from) };
			const pattern = runOwnKernel<tf.Tensor3D>('patternRows', { qkv }, attrs);
			if (!pattern) throw new Error('The kernel for rows of a pattern is gone.');
			see(pattern);
			const context = runOwnKernel<tf.Tensor2D>('contextRows', { pattern, qkv }, attrs);
			if (!context) throw new Error('The kernel for what these rows take home is gone.');
			return context;
		})
	);
	return tf.concat<tf.Tensor2D>(pieces, 0);
}

const productsOf = (heads: number) => ({
	scores: (qkv: tf.Tensor2D) => attentionScores(qkv, heads),
	context: attentionContext
});

/** The way back through {@link attentionScores}. @param gradient (heads, n, n) */
export function attentionScoresBack(gradient: tf.Tensor3D, qkv: tf.Tensor2D): ScoresBack {
	return scoresBack(gradient, qkv, productsOf(gradient.shape[0]), gradient.shape[0]);
}

/** The way back through {@link attentionContext}. @param gradient (n, heads * head features) */
export function attentionContextBack(
	gradient: tf.Tensor2D,
	weights: tf.Tensor3D,
	qkv: tf.Tensor2D
): ContextBack<tf.Tensor3D> {
	return contextBack(gradient, weights, qkv, productsOf(weights.shape[0]), weights.shape[0]);
}

/** Is shown a head's pattern, and the gradient with respect to it: both (1, n, n), and gone afterwards. */
type SeeHead = (weights: tf.Tensor3D, gradient: tf.Tensor3D) => void;

/**
 * The way back through all of attention, head by head, without what the run made of it: of each head the pattern is made
 * once more. On one backend the numbers are those of {@link attentionContextBack}, `softmaxBack` and
 * {@link attentionScoresBack}, bit by bit.
 * @param gradient (n, heads * head features), with respect to what the tokens take home
 * @returns the gradients with respect to queries, keys and values: (n, heads * head features)
 */
export function attentionBackByHead(
	gradient: tf.Tensor2D,
	qkv: tf.Tensor2D,
	heads: number,
	see: SeeHead = () => undefined
): Record<(typeof PARTS)[number], tf.Tensor2D> {
	const [n, width] = gradient.shape;
	const size = width / heads;
	const made = eachHead(heads, (head) =>
		tf.tidy(() => headBack(tf.slice(gradient, [0, head * size], [n, size]), ownOf(qkv, head, heads), see))
	);
	const all = (part: (typeof PARTS)[number]) =>
		tf.concat<tf.Tensor2D>(
			made.map((one) => one[part]),
			1
		);
	return { query: all('query'), key: all('key'), value: all('value') };
}

/** Of a single head. What one of the three steps needs by itself goes with it. */
function headBack(gradient: tf.Tensor2D, own: tf.Tensor2D, see: SeeHead) {
	const pattern = softmax(attentionScores(own, 1));
	const { weights, value } = tf.tidy(() => ({ ...attentionContextBack(gradient, pattern, own) }));
	see(pattern, weights);
	const products = softmaxBack(weights, pattern);
	tf.dispose([weights, pattern]);
	return { value, ...tf.tidy(() => ({ ...attentionScoresBack(products, own) })) };
}
