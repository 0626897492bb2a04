import { attentionOf, linesOf, type Attention } from '../../analysis/attention';
import type { TapData } from '../../engine/tap';
import { tokenCount, type ViTConfig } from '../../engine/vit/config';

/** The pattern of a pooling by a learned query: (1, heads, 1, tokens). */
export const POOLING = 'pool.attn.pattern';

/**
 * A learned query's pattern as one more attention of the model, in which every token's row is that query's: whatever token
 * is chosen, it is the learned one that looks.
 */
export function poolingOf({ data, shape, tokens: left }: TapData, config: ViTConfig): Attention {
	const [, heads = 0, , keys = 0] = shape;
	const tokens = tokenCount(config);
	const all = new Float32Array(heads * tokens * tokens);
	for (let head = 0; head < heads; head++) {
		const row = new Float32Array(tokens);
		for (let i = 0; i < keys; i++) row[left?.[i] ?? i] = data[head * keys + i] ?? 0;
		for (let query = 0; query < tokens; query++) all.set(row, (head * tokens + query) * tokens);
	}
	return { ...attentionOf({ name: POOLING, shape, axes: [], data: all }, config), heads };
}

/** The row of the learned query in every head, as that of any token; nothing attends to it, so the column is of zeros. */
export function poolingLines(tap: TapData, token: number, config: ViTConfig): Attention {
	const [, heads = 0, , keys = 0] = tap.shape;
	const data = new Float32Array(2 * heads * keys);
	for (let head = 0; head < heads; head++) data.set(tap.data.subarray(head * keys, (head + 1) * keys), 2 * head * keys);
	return linesOf({ ...tap, data }, token, { ...config, heads });
}

/** The one row that all of them are, of each head: what the tap has, of all tokens. */
export function rowsOf({ data, heads, tokens }: Attention): Float32Array {
	const rows = new Float32Array(heads * tokens);
	for (let head = 0; head < heads; head++)
		rows.set(data.subarray(head * tokens * tokens, (head * tokens + 1) * tokens), head * tokens);
	return rows;
}
