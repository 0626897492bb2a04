import { patchGrid } from '../../engine/config';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import type { TapData } from '../../engine/tap';
import { cellOf, mayAttend, neighboursOf, type Windows } from './windows';

/**
 * What a patch attends to among the patches, without CLS: of one head, or of all heads on average.
 * @param weights a `blocks.*.attn.pattern` tap: (1, heads, tokens, tokens)
 * @param patch counted from 0, row-major, without CLS
 * @param head counted from 0; null for the mean
 * @param prefix tokens before the patches
 * @returns one weight a patch; they sum to 1 less what the tokens before them get
 */
export function patchRow({ data, shape }: TapData, patch: number, head: number | null, prefix: number): Float32Array {
	const [, heads = 0, n = 0] = shape;
	const row = new Float32Array(Math.max(0, n - prefix));
	const chosen = head === null ? Array.from({ length: heads }, (_, h) => h) : [head];
	for (const h of chosen) {
		const start = (h * n + patch + prefix) * n + prefix;
		for (let key = 0; key < row.length; key++) row[key] = (row[key] ?? 0) + (data[start + key] ?? 0) / chosen.length;
	}
	return row;
}

/** A row of attention kept to the patches that the query may see, and divided by its sum there; 0 elsewhere. */
export function restrict(row: Float32Array, windows: Windows, patch: number): Float32Array {
	const kept = new Float32Array(row.length);
	const seen = neighboursOf(windows, patch);
	const sum = seen.reduce((total, key) => total + (row[key] ?? 0), 0);
	if (sum > 0) for (const key of seen) kept[key] = (row[key] ?? 0) / sum;
	return kept;
}

/**
 * What a patch would attend to if it saw its window alone: {@link restrict} of one head, or its mean over all heads.
 * That is the softmax over the window's scores, for the softmax over all of them differs by a common factor.
 */
export function rowInWindow(weights: TapData, windows: Windows, patch: number, head: number | null): Float32Array {
	const heads = head === null ? Array.from({ length: weights.shape[1] ?? 0 }, (_, h) => h) : [head];
	const prefix = (weights.shape[2] ?? 0) - windows.grid.rows * windows.grid.columns;
	const rows = heads.map((h) => restrict(patchRow(weights, patch, h, prefix), windows, patch));
	return Float32Array.from({ length: rows[0]?.length ?? 0 }, (_, key) =>
		rows.reduce((total, row) => total + (row[key] ?? 0) / rows.length, 0)
	);
}

/** The share of a row's weight that lies on the patches that the query may see, in [0, 1]; 0 for a row of zeros. */
export function shareInside(row: Float32Array, windows: Windows, patch: number): number {
	const inside = neighboursOf(windows, patch).reduce((total, key) => total + (row[key] ?? 0), 0);
	const all = row.reduce((total, weight) => total + weight, 0);
	return all > 0 ? inside / all : 0;
}

/** {@link shareInside} averaged over every query patch and head of a block. */
export function meanShareInside(weights: TapData, config: ViTConfig, windows: Windows): number {
	const { rows, columns } = patchGrid(config);
	const count = rows * columns;
	const cells = Array.from({ length: count }, (_, patch) => cellOf(windows, patch));
	const mates = cells.map((query) => cells.map((key) => mayAttend(query, key)));
	let sum = 0;
	for (let head = 0; head < config.heads; head++) {
		for (let patch = 0; patch < count; patch++) {
			const row = patchRow(weights, patch, head, prefixTokens(config));
			const all = row.reduce((total, weight) => total + weight, 0);
			const inside = row.reduce((total, weight, key) => total + (mates[patch]?.[key] ? weight : 0), 0);
			sum += all > 0 ? inside / all : 0;
		}
	}
	return sum / (config.heads * count);
}
