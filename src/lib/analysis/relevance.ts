import { PatchworkError } from '../base/errors';
import type { Pause } from '../base/slices';
import { has, transformerBlocks, type ModelConfig } from '../engine/families';
import type { Attention } from './attention';

/**
 * The taps of which relevance needs the values and the gradients, first block first.
 * @throws PatchworkError `request` for a model whose patterns are of windows
 */
export function relevanceTaps(config: ModelConfig): string[] {
	if (has(config, 'sequence', 'patterns', 'blocks'))
		return transformerBlocks(config).map(({ stem }) => `${stem}.attn.pattern`);
	throw new PatchworkError(
		'request',
		'Relevance multiplies the patterns of all blocks, and this model’s are of windows that differ from block to block; choose a ViT to see it.'
	);
}

/**
 * How much each token counts for a class, by the attention of all blocks and its gradient (Chefer, Gur and Wolf 2021, ICCV,
 * arXiv 2103.15679, equations 5 and 6, for self-attention): `R` begins as the identity, and block by block becomes
 * `R + mean over heads of max(0, gradient x attention) R`. No row is normalised, and nothing is propagated by layers
 * (LRP). One token needs one row of the product only, which is carried down from the last block to the first.
 * @param patterns from the first block to the last
 * @param gradients of the class's logit with respect to them, laid out alike
 * @param from the token whose row is asked, as CLS where the head reads that; null for the mean of the patches' rows; or what
 * counts before the last block, one number a token
 * @param pause awaited before each block
 * @returns one number a token, at least 0
 * @throws whatever `pause` throws
 */
export async function relevanceFrom(
	patterns: readonly Attention[],
	gradients: readonly Attention[],
	from: number | null | Float32Array,
	pause: Pause = () => undefined
): Promise<Float32Array> {
	const [first] = patterns;
	if (!first) return new Float32Array();
	const row = from instanceof Float32Array ? Float64Array.from(from) : startingRow(first, from);
	for (let block = patterns.length - 1; block >= 0; block--) {
		await pause();
		const [pattern, gradient] = [patterns[block], gradients[block]];
		if (!pattern || !gradient) throw new Error('Every pattern needs its gradient.');
		const more = through(row, pattern, gradient);
		for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) + (more[i] ?? 0);
	}
	return Float32Array.from(row);
}

function startingRow({ tokens, prefix }: Attention, token: number | null): Float64Array {
	const patches = tokens - prefix;
	return Float64Array.from({ length: tokens }, (_, i) =>
		token === null ? (i < prefix ? 0 : 1 / patches) : Number(i === token)
	);
}

/** `row * mean over heads of max(0, gradient x attention)`. */
function through(row: Float64Array, { data, heads, tokens }: Attention, gradient: Attention): Float64Array {
	const out = new Float64Array(tokens);
	for (const [query, share] of row.entries()) {
		if (share === 0) continue;
		for (let head = 0; head < heads; head++) {
			const start = (head * tokens + query) * tokens;
			for (let key = 0; key < tokens; key++) {
				const product = (data[start + key] ?? 0) * (gradient.data[start + key] ?? 0);
				if (product > 0) out[key] = (out[key] ?? 0) + (share * product) / heads;
			}
		}
	}
	return out;
}
