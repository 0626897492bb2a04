import { attentionDistance, attentionOf } from '../../src/lib/analysis/attention.ts';
import { brightest, inMiddle } from '../../src/lib/analysis/brightest.ts';
import { norm } from '../../src/lib/analysis/linear.ts';
import { patchGrid } from '../../src/lib/engine/config.ts';
import type { TapData } from '../../src/lib/engine/tap.ts';
import { prefixTokens, tokenCount, type ViTConfig } from '../../src/lib/engine/vit/config.ts';
import { median } from './median.ts';
import { lastAttention, type ReadTap } from './removals.ts';

/** Something that is measured of the untouched run, and is no accuracy: the mean over the photos. */
export interface Measure {
	readonly name: string;
	/** What its value is of. */
	readonly unit: 'share' | 'times' | 'px';
	taps(config: ViTConfig): readonly string[];
	/** Of one photo. */
	of(read: ReadTap, config: ViTConfig): Promise<number>;
	/** What it is laid beside: the same where attention goes everywhere alike. */
	readonly uniform?: (config: ViTConfig) => number;
}

const lastBlock = ({ depth }: ViTConfig) => `blocks.${depth - 1}`;

export const MEASURES: readonly Measure[] = [
	{
		name: 'centre',
		unit: 'share',
		taps: (config) => [`${lastBlock(config)}.attn.pattern`],
		of: async (read, config) => Number(inMiddle(brightest(await lastAttention(read, config)), patchGrid(config))),
		uniform: (config) => {
			const grid = patchGrid(config);
			const count = grid.rows * grid.columns;
			return Array.from({ length: count }, (_, patch) => patch).filter((patch) => inMiddle(patch, grid)).length / count;
		}
	},
	{
		name: 'outlier',
		unit: 'times',
		taps: (config) => [`${lastBlock(config)}.out`],
		of: async (read, config) => longestOverMedian(await read(`${lastBlock(config)}.out`), prefixTokens(config))
	},
	{
		name: 'distance',
		unit: 'px',
		taps: (config) => [`${lastBlock(config)}.attn.pattern`],
		of: async (read, config) => distanceOf(await read(`${lastBlock(config)}.attn.pattern`), config),
		uniform: (config) => {
			const n = tokenCount(config);
			const data = new Float32Array(config.heads * n * n).fill(1 / n);
			return distanceOf({ name: '', axes: [], shape: [1, config.heads, n, n], data }, config);
		}
	}
];

/** The longest patch token over the median one. @param tokens (1, n, d) @param prefix tokens before the patches */
export function longestOverMedian({ data, shape }: TapData, prefix: number): number {
	const [, n = 0, d = 0] = shape;
	const lengths = Array.from({ length: n - prefix }, (_, i) =>
		norm(data.subarray((prefix + i) * d, (prefix + i + 1) * d))
	);
	return Math.max(...lengths) / median(lengths);
}

/** Mean attention distance over the heads of a block, in pixels of the input. */
function distanceOf(pattern: TapData, config: ViTConfig): number {
	const attention = attentionOf(pattern, config);
	const { heads } = attention;
	return (
		Array.from({ length: heads }, (_, head) => attentionDistance(attention, head)).reduce((a, b) => a + b, 0) / heads
	);
}
