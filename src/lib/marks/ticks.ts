import { precisionFixed, scaleLinear, tickStep, type ScaleLinear } from 'd3';
import { written } from '../base/numbers';
import type { Domain } from './raster';

/**
 * Which of `count` items are named on an axis: the first, and those whose number is a multiple of a round step, so few
 * that they are at least `apart` pixels from each other.
 * @param size pixels that one item takes
 * @param first the number of the item at index 0: 1 where we count from 1, 0 where the CLS token comes first
 * @returns indices, counted from 0, rising
 */
export function indexTicks(count: number, size: number, apart: number, first = 1): number[] {
	if (count <= 0) return [];
	const step = Math.max(1, Math.ceil(roundStep(count, size, apart)));
	const isRound = (index: number) => (index + first) % step === 0 && index * size >= apart;
	return Array.from({ length: count }, (_, i) => i).filter((i) => i === 0 || isRound(i));
}

/** Ticks tried for at most, so that a scale of nothing ends too. */
const MOST = 12;

/**
 * The ticks of an axis of values, and how they are written: about `count`, and at least two where the scale has any
 * length, for a single one says nothing of how large the values are.
 */
export function valueTicks(scale: ScaleLinear<number, number>, count: number) {
	while (scale.ticks(count).length < 2 && count < MOST) count++;
	return { ticks: scale.ticks(count), format: written(scale.tickFormat(count)) };
}

/**
 * Those of some ticks whose names do not touch: both ends, and between them as many as there is room for.
 * @param at where a tick lies, in pixels @param least how far apart names have to be, in pixels
 */
export function namedTicks(ticks: readonly number[], at: (tick: number) => number, least: number): number[] {
	const last = ticks.at(-1);
	if (last === undefined) return [];
	const kept: number[] = [];
	const isFree = (tick: number) => [...kept, last].every((other) => Math.abs(at(other) - at(tick)) >= least);
	for (const tick of ticks.slice(0, -1)) if (isFree(tick)) kept.push(tick);
	return [...kept, last];
}

/** By what share of a scale the number at its end may be off. */
const OFF = 1 / 50;

/**
 * How the ends of a scale are written whose ticks are about four: they are seldom as round as those, and have a digit more
 * where they would otherwise be told as another number.
 */
export function endFormat(domain: Domain): (value: number) => string {
	const [low, high] = domain;
	const digits = precisionFixed(tickStep(low, high, 4) || 1);
	const isOff = (end: number) => Math.abs(Number(end.toFixed(digits)) - end) > OFF * (high - low);
	return written(scaleLinear(domain, [0, 1]).tickFormat(domain.some(isOff) ? 40 : 4));
}

/** Pixels that a name takes on an axis, about, with a gap to the next. */
export function roomFor(name: string): number {
	return 8 * name.length + 12;
}

/** The smallest of 1, 2, 5, 10, 20 ... items that take the distance. */
function roundStep(count: number, size: number, apart: number): number {
	if (size >= apart) return 1;
	let ticks = Math.max(1, Math.floor((count * size) / apart));
	while (ticks > 1 && tickStep(0, count, ticks) * size < apart) ticks--;
	const step = tickStep(0, count, ticks);
	return step * size < apart ? count : step;
}

/** Pixels of a letter of the axes' type, at most, and between two labels. */
const [LETTER, GAP] = [7.5, 5];

/** Pixels that the longest of some labels takes. */
export const longestLabel = (labels: readonly string[]): number =>
	LETTER * Math.max(0, ...labels.map(({ length }) => length));

/** Those of some labels that do not run into the one before, from the first on. @param at their middles, rising, in pixels */
export function legible(labels: readonly string[], at: readonly number[]): boolean[] {
	let end = -Infinity;
	return labels.map((label, i) => {
		const half = longestLabel([label]) / 2;
		const [left, right] = [(at[i] ?? NaN) - half, (at[i] ?? NaN) + half];
		if (left < end + GAP) return false;
		end = right;
		return true;
	});
}
