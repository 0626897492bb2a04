import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readSafetensors, toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';

/** Real weights, photos and recorded outputs live beside the project, where there are any. */
export const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));

export function hasShared(path: string): boolean {
	return existsSync(SHARED + path);
}

export async function sharedBytes(path: string): Promise<ArrayBuffer> {
	return new Uint8Array(await readFile(SHARED + path)).buffer;
}

/** The tensors of a recorded file, by the names of our taps. */
export async function recordedTaps(path: string): Promise<Map<string, StoredTensor>> {
	const recorded = readSafetensors(await sharedBytes(path));
	return new Map([...recorded].map(([name, tensor]) => [tapName(name), tensor]));
}

/** transformers counts hidden states from the embeddings on; we name what each block gives. */
function tapName(name: string): string {
	const state = /^hidden_states\.(\d+)$/.exec(name)?.[1];
	if (state === '0') return 'embeddings';
	if (state) return `blocks.${Number(state) - 1}.out`;
	return name.replace(/^attentions\.(\d+)$/, 'blocks.$1.attn.weights');
}

/** Half of the distance between neighbouring float16 numbers, as a part of their magnitude. */
const HALF_FLOAT16_STEP = 2 ** -11;

/**
 * The largest difference between a tap and its recording, as a part of the recording's largest magnitude. A recording
 * in float16 is itself off by up to half a step; that much is forgiven.
 */
export function difference(recorded: StoredTensor, data: Float32Array): number {
	const truth = toFloat32(recorded);
	if (truth.length !== data.length) return Infinity;
	const forgiven = recorded.dtype === 'F16' ? HALF_FLOAT16_STEP : 0;
	let largest = 0;
	let worst = 0;
	for (const [i, value] of truth.entries()) {
		largest = Math.max(largest, Math.abs(value));
		const off = Math.abs(value - (data[i] ?? NaN)) - forgiven * Math.abs(value);
		// A comparison with NaN is false, so NaN has to be asked for.
		worst = Number.isNaN(off) ? Infinity : Math.max(worst, off);
	}
	return worst / largest;
}

/** How far from 1 the worst row of attention weights sums. @param data rows of `keys` numbers */
export function worstRowSum(data: Float32Array, keys: number): number {
	let worst = 0;
	for (let start = 0; start < data.length; start += keys) {
		const sum = data.subarray(start, start + keys).reduce((a, b) => a + b, 0);
		worst = Math.max(worst, Math.abs(sum - 1));
	}
	return worst;
}
