import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import {
	attentionBackByHead,
	attentionContext,
	attentionContextBack,
	attentionInPieces,
	attentionScores,
	attentionScoresBack
} from './attention';
import { softmax, softmaxBack } from './softmax';
import { numbers } from './wasm/testing';

const bytesOf = (values: Float32Array) => Buffer.from(values.slice().buffer);

/** More tokens than rows are made at once, and a head whose root is no power of two. */
const [TOKENS, HEADS, SIZE] = [517, 2, 5];

describe.each([
	['wasm', 2 * HEADS],
	['cpu', HEADS]
] as const)('attention piece by piece on %s', (backend, pieces) => {
	beforeAll(() => useNodeBackend(backend));

	it('is, to the bit, what all of it at once is, and each piece is shown in its place', () => {
		const qkv = numbers<tf.Rank.R2>([TOKENS, 3 * HEADS * SIZE], 2);
		const before = tf.memory().numTensors;
		const [pattern, context] = tf.tidy(() => {
			const weights = softmax(attentionScores(qkv, HEADS));
			return [weights.dataSync() as Float32Array, attentionContext(weights, qkv).dataSync() as Float32Array];
		});
		const seen: Float32Array[] = [];
		const made = tf.tidy(() => {
			const own = attentionInPieces(qkv, HEADS, (rows) => {
				expect([rows.shape[0], rows.shape[2]]).toEqual([1, TOKENS]);
				seen.push(rows.dataSync() as Float32Array);
			});
			expect(own.shape).toEqual([TOKENS, HEADS * SIZE]);
			return own.dataSync() as Float32Array;
		});
		expect(seen).toHaveLength(pieces);
		expect(Buffer.concat(seen.map(bytesOf)).equals(bytesOf(pattern))).toBe(true);
		expect(bytesOf(made).equals(bytesOf(context))).toBe(true);
		expect(tf.memory().numTensors).toBe(before);
	});
});

describe.each(['wasm', 'cpu'] as const)('the way back through attention by head on %s', (backend) => {
	beforeAll(() => useNodeBackend(backend));

	it('is, to the bit, the way back through all of it at once', () => {
		const [qkv, gradient] = [numbers<tf.Rank.R2>([37, 3 * 30], 2), numbers<tf.Rank.R2>([37, 30], 1, 2)];
		const before = tf.memory().numTensors;
		const partsOf = (parts: Record<'query' | 'key' | 'value', tf.Tensor>) =>
			(['query', 'key', 'value'] as const).map((part) => bytesOf(parts[part].dataSync() as Float32Array));
		tf.tidy(() => {
			const pattern = softmax(attentionScores(qkv, 3));
			const { weights, value } = attentionContextBack(gradient, pattern, qkv);
			const meant = partsOf({ value, ...attentionScoresBack(softmaxBack(weights, pattern), qkv) });
			const made = partsOf(attentionBackByHead(gradient, qkv, 3));
			expect(made.map((part, i) => part.equals(meant[i] ?? Buffer.of()))).toEqual([true, true, true]);
		});
		expect(tf.memory().numTensors).toBe(before);
	});
});

describe('attention by some rows after the other', () => {
	beforeAll(() => useNodeBackend('wasm'));

	it('never has a whole head in memory', () => {
		const tokens = 2 * TOKENS;
		const qkv = numbers<tf.Rank.R2>([tokens, 3 * HEADS * SIZE], 2);
		const before = tf.memory().numBytes;
		let most = 0;
		tf.tidy(() =>
			attentionInPieces(qkv, HEADS, () => {
				most = Math.max(most, tf.memory().numBytes - before);
			})
		);
		expect(most).toBeLessThan(4 * 0.6 * tokens ** 2);
	});
});
