import { currentTap } from '../../src/lib/base/renames';
import { toFloat32, type StoredTensor } from '../../src/lib/engine/checkpoint/safetensors';

/**
 * Recorded beside the taps, but no tap of ours: the input's pixels before they were normalised, and what transformers'
 * poolers make of CLS for tasks that we don't show.
 */
export const NOT_TAPS: readonly string[] = ['crop_rgb_uint8', 'pooler_output'];

/** transformers' names that are others than ours. */
const RENAMED: Readonly<Record<string, string>> = {
	last_hidden_state: 'norm',
	cls_logits: 'logits.cls',
	distillation_logits: 'logits.distillation'
};

/** Our name for a tap, which a recording of ours may have under the name of before; transformers counts hidden states from the embeddings on, we name what each block gives. */
export function tapName(recorded: string): string {
	const [, kind, index] = /^(attentions|hidden_states)\.(\d+)$/.exec(recorded) ?? [];
	if (kind === 'attentions') return `blocks.${index}.attn.pattern`;
	if (kind === 'hidden_states') return index === '0' ? 'embeddings' : `blocks.${Number(index) - 1}.out`;
	return RENAMED[recorded] ?? currentTap(recorded);
}

/** A recording's tensors by the names of our taps. */
export function byTapName(recorded: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
	return new Map([...recorded].map(([name, tensor]) => [tapName(name), tensor]));
}

/**
 * The largest difference between a tap and its recording, as a part of the recording's largest magnitude. A recording
 * in float16 is itself off by up to half a step; that much is forgiven. Infinity where sizes differ or a number is NaN.
 */
export function difference(recorded: StoredTensor, data: Float32Array): number {
	const truth = toFloat32(recorded);
	if (truth.length !== data.length) return Infinity;
	let largest = 0;
	let worst = 0;
	for (const [i, value] of truth.entries()) {
		const forgiven = recorded.dtype === 'F16' ? halfStep(value) : 0;
		const off = Math.abs(value - (data[i] ?? NaN)) - forgiven;
		// A comparison with NaN is false, so NaN has to be asked for.
		worst = Number.isNaN(off) ? Infinity : Math.max(worst, off);
		largest = Math.max(largest, Math.abs(value));
	}
	return worst / largest;
}

/** How far a number may have been from this float16 before it was rounded to it. */
function halfStep(half: number): number {
	const exponent = Math.max(Math.floor(Math.log2(Math.abs(half))), -14);
	return 2 ** (exponent - 11);
}

/** How far from 1 the worst row of attention weights sums. @param data rows of `keys` numbers */
export function worstRowSum(data: Float32Array, keys: number): number {
	let worst = 0;
	for (let start = 0; start < data.length; start += keys) {
		const sum = data.subarray(start, start + keys).reduce((total, value) => total + value, 0);
		worst = Math.max(worst, Math.abs(sum - 1));
	}
	return worst;
}
