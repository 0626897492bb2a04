import type { Domain } from './raster';

/** The smallest domain that holds zero and every value; [0, 1] when there is nothing but zero. */
export function domainOfBars(values: ArrayLike<number>): Domain {
	let min = 0;
	let max = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? NaN;
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return min === max ? [0, 1] : [min, max];
}

/** Share of a bar's place that stays empty beside it. */
const GAP = 0.2;

/**
 * Bars from zero to each value as one SVG path: one unit a bar across, and `y(value)` down. A value that is not a number
 * has no bar.
 * @param gap whether there is room for a gap between bars
 */
export function barsPath(values: ArrayLike<number>, y: (value: number) => number, gap: boolean): string {
	const margin = gap ? GAP / 2 : 0;
	const zero = y(0);
	let path = '';
	for (let i = 0; i < values.length; i++) {
		const top = y(values[i] ?? NaN);
		if (!Number.isNaN(top)) path += `M${i + margin} ${round(zero)}H${i + 1 - margin}V${round(top)}H${i + margin}z`;
	}
	return path;
}

const round = (value: number) => Math.round(100 * value) / 100;
