import * as tf from '@tensorflow/tfjs-core';
import { layerNorm } from '../../../src/lib/engine/ops/layer-norm';
import { largestDifference, numbers } from './numbers';

export interface RowCheck {
	readonly name: string;
	/** Largest difference to float64; layer norm's results are of the order of 1. NaN if any result is. */
	readonly difference: number;
}

const FEATURES = 192;

/** Rows that break a layer norm whose intermediates lie in float16: its limits are 6e-8 and 65504. */
const ROWS: Readonly<Record<string, (eps: number) => Float32Array>> = {
	'ordinary numbers': () => numbers(FEATURES, 1, 3),
	'squares above 65504': () => numbers(FEATURES, 2, 60_000),
	'squares below 6e-8': () => numbers(FEATURES, 3, 2e-4),
	'one outlier among small numbers': () => numbers(FEATURES, 4, 0.05).fill(30_000, 77, 78),
	'all the same': () => new Float32Array(FEATURES).fill(12.5),
	'all zero': () => new Float32Array(FEATURES)
};

/** Layer norm of each of the rows above, on the current backend. */
export async function checkHalfPrecision(): Promise<RowCheck[]> {
	const checks: RowCheck[] = [];
	for (const eps of [1e-6, 1e-12]) {
		for (const [name, make] of Object.entries(ROWS)) {
			const row = make(eps).map(Math.fround);
			checks.push({ name: `${name}, epsilon ${eps}`, difference: await check(row, eps) });
		}
	}
	return checks;
}

async function check(row: Float32Array, eps: number): Promise<number> {
	const result = tf.tidy(() =>
		layerNorm(
			tf.tensor2d(row, [1, FEATURES]),
			{ scale: tf.tensor1d(new Float32Array(FEATURES).fill(1)), offset: tf.tensor1d(new Float32Array(FEATURES)) },
			eps
		)
	);
	const values = (await result.data()) as Float32Array;
	result.dispose();
	return largestDifference(values, reference(row, eps));
}

/** Layer norm in float64. */
function reference(row: Float32Array, eps: number): number[] {
	const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
	const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
	return Array.from(row, (value) => (value - mean) / Math.sqrt(variance + eps));
}
