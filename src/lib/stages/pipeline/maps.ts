import { quantileSorted } from 'd3';
import { meanOverHeads, type Attention } from '../../analysis/attention';
import { prefixTokens, patchGrid, tokenCount, type ViTConfig } from '../../engine/config';
import type { TapData } from '../../engine/taps';
import type { Domain } from '../../marks/raster';

/** The mean over the heads of a block's attention, from the tap `blocks.i.attn.weights`. */
export function attentionOfRun({ data }: TapData, config: ViTConfig): Attention {
	const { heads, patchSize } = config;
	const all = {
		data,
		heads,
		tokens: tokenCount(config),
		prefix: prefixTokens(config),
		...patchGrid(config),
		patchSize
	};
	return meanOverHeads(all);
}

/** Share of the values that a signed colour scale tells apart: a few outliers would leave the rest without colour. */
const SHOWN = 0.99;

/** A domain about zero that holds 99 of 100 values; the rest are drawn as its ends. */
export function symmetricDomain(values: Float32Array): Domain {
	const sizes = Array.from(values, Math.abs).sort((a, b) => a - b);
	const limit = quantileSorted(sizes, SHOWN) ?? 1;
	return [-limit, limit];
}

/** One colour channel of RGBA pixels, row-major, in 0..255. */
export function channelOf(data: Uint8ClampedArray, channel: 0 | 1 | 2): Float32Array {
	return Float32Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + channel] ?? 0);
}
