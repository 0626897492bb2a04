import { cosine, cosinesTo } from '../../analysis/cosine';
import { medianOf, rowNorms } from '../../analysis/lengths';
import { norm, rowAt } from '../../analysis/linear';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';
import type { TapData } from '../../engine/tap';
import { inputOf } from '../kit/blocks';

/** The tokens before the first block and after each. */
export function allBlocks({ depth }: ViTConfig): string[] {
	return Array.from({ length: depth + 1 }, (_, blocks) => inputOf(blocks));
}

/** Blocks gone through, in words. */
export function nameOfBlock(blocks: number): string {
	return blocks === 0 ? 'before the first block' : `after block ${blocks}`;
}

/** The CLS token of a `1 x n x d` tap: a view. */
export function clsOf({ data, shape }: TapData): Float32Array {
	return rowAt(data, shape[2] ?? 0, 0);
}

type Prefix = Parameters<typeof prefixTokens>[0];

/** The patch tokens of a `1 x n x d` tap, row-major: a view. */
export function patchesOf({ data, shape }: TapData, config: Prefix): Float32Array {
	return data.subarray(prefixTokens(config) * (shape[2] ?? 0));
}

/** Cosine of the CLS token to every patch token of a tap, in [-1, 1]. */
export function likeness(tap: TapData, config: Prefix): Float32Array {
	return cosinesTo(clsOf(tap), patchesOf(tap, config));
}

/** How a token has moved, at one tap. */
export interface Whereabouts {
	/** Euclidean length of the CLS token. */
	readonly length: number;
	/** Median length of the patch tokens: a few may be many times as long as the others. */
	readonly patches: number;
	/** Cosine to the CLS token at the first tap, in [-1, 1]. */
	readonly toStart: number;
}

/** Where the CLS token is at each tap, compared with the first one. */
export function pathOf(taps: readonly TapData[], config: Prefix): Whereabouts[] {
	const start = taps[0];
	if (!start) return [];
	return taps.map((tap) => ({
		length: norm(clsOf(tap)),
		patches: medianOf(rowNorms(patchesOf(tap, config), tap.shape[2] ?? 0)),
		toStart: cosine(clsOf(tap), clsOf(start))
	}));
}

/** Index of the first item from which on all are the same as the last. */
export function settledAt(items: readonly number[]): number {
	let at = items.length - 1;
	while (at > 0 && items[at - 1] === items.at(-1)) at--;
	return Math.max(0, at);
}
