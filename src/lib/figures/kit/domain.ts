import { tickStep } from 'd3';
import { quantileOf } from '../../analysis/linear';
import { domainOfBars } from '../../marks/bars';
import type { Domain } from '../../marks/raster';

/** Ticks that low bars have room for. */
const TICKS = 2;

/**
 * The domain of low bars: no larger than the values need, so that they use the little height there is, but for one
 * tick beside zero, which says how large they are.
 */
export function lowDomain(values: ArrayLike<number>): Domain {
	const [min, max] = domainOfBars(values);
	const step = tickStep(min, max, TICKS);
	if (max >= step || min <= -step) return [min, max];
	return max >= -min ? [min, step] : [-step, max];
}

/** The same, as far down as up. */
export function evenDomain(values: ArrayLike<number>): Domain {
	const [min, max] = domainOfBars(values);
	const most = Math.max(max, -min);
	const end = Math.max(most, tickStep(-most, most, TICKS));
	return [-end, end];
}

/** Share of the values that a signed colour scale tells apart: a few outliers would leave the rest without colour. */
const SHOWN = 0.99;

/** A domain about zero that holds 99 of 100 values; the rest are drawn as its ends. */
export function symmetricDomain(values: Float32Array): Domain {
	const limit = quantileOf(values.map(Math.abs).sort(), SHOWN);
	return [-limit, limit];
}
