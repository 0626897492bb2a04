import { extent } from 'd3';
import type { Domain } from './raster';

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** Index of the point nearest to (x, y) and no further than `reach`; null when there is none. */
export function nearestPoint(points: readonly Point[], x: number, y: number, reach = Infinity): number | null {
	let nearest: number | null = null;
	let least = reach;
	for (const [i, point] of points.entries()) {
		const distance = Math.hypot(point.x - x, point.y - y);
		if (distance > least || (distance === least && nearest !== null)) continue;
		least = distance;
		nearest = i;
	}
	return nearest;
}

/**
 * Where a key leads among scattered points: left and right to the next one across, up and down to the next one in
 * height, Home and End to the leftmost and the rightmost. Every point can be reached so. Null for any other key.
 * @param points with y growing upwards
 */
export function movePoint(points: readonly Point[], index: number, key: string): number | null {
	const across = () => ranking(points, ({ x, y }) => [x, y]);
	const upwards = () => ranking(points, ({ x, y }) => [y, x]);
	switch (key) {
		case 'ArrowLeft':
			return neighbour(across(), index, -1);
		case 'ArrowRight':
			return neighbour(across(), index, 1);
		case 'ArrowDown':
			return neighbour(upwards(), index, -1);
		case 'ArrowUp':
			return neighbour(upwards(), index, 1);
		case 'Home':
			return across()[0] ?? index;
		case 'End':
			return across().at(-1) ?? index;
		default:
			return null;
	}
}

type Rank = (point: Point) => readonly [first: number, second: number];

/** Indices of the points in rising order; what is equal stays in its own order. */
function ranking(points: readonly Point[], rank: Rank): number[] {
	const ranks = points.map(rank);
	const at = (i: number) => ranks[i] ?? [0, 0];
	return points.map((_, i) => i).sort((a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1] || a - b);
}

/** The item `by` places further on in an order, or the same one at its end. */
function neighbour(order: readonly number[], index: number, by: number): number {
	return order[order.indexOf(index) + by] ?? index;
}

/** A line's points, x rising: `[x, y]`. */
export type LinePoints = readonly (readonly [x: number, y: number])[];

/** One point of several lines. */
export interface LineAt {
	readonly line: number;
	readonly index: number;
}

/**
 * Where a key leads among lines: left and right along the line, Home and End to its ends, up and down to the line that
 * is next above or below at this x. Null for any other key.
 */
export function moveOnLines(lines: readonly LinePoints[], { line, index }: LineAt, key: string): LineAt | null {
	const points = lines[line] ?? [];
	const last = points.length - 1;
	switch (key) {
		case 'ArrowLeft':
			return { line, index: Math.max(0, index - 1) };
		case 'ArrowRight':
			return { line, index: Math.min(last, index + 1) };
		case 'Home':
			return { line, index: 0 };
		case 'End':
			return { line, index: last };
		case 'ArrowUp':
			return changeLine(lines, { line, index }, 1);
		case 'ArrowDown':
			return changeLine(lines, { line, index }, -1);
		default:
			return null;
	}
}

function changeLine(lines: readonly LinePoints[], { line, index }: LineAt, by: number): LineAt {
	const x = lines[line]?.[index]?.[0] ?? 0;
	const here = lines.map((points) => nearestAcross(points, x));
	const heights = lines.map((points, i) => ({ x: 0, y: points[here[i] ?? 0]?.[1] ?? 0 }));
	const filled = lines.flatMap((points, i) => (points.length > 0 ? [i] : []));
	const order = ranking(heights, ({ y }) => [y, 0]).filter((i) => filled.includes(i));
	const to = neighbour(order, line, by);
	return { line: to, index: here[to] ?? 0 };
}

/** Index of the point whose x is nearest. */
export function nearestAcross(points: LinePoints, x: number): number {
	return (
		nearestPoint(
			points.map(([px]) => ({ x: px, y: 0 })),
			x,
			0
		) ?? 0
	);
}

/** Share of a scatter plot's extent that stays free on either side. */
const PADDING = 0.08;

/** The extent of some numbers with a margin; [0, 1] for none, and a unit around numbers that are all the same. */
export function paddedDomain(values: readonly number[]): Domain {
	const [min, max] = extent(values);
	if (min === undefined || max === undefined) return [0, 1];
	const margin = max > min ? PADDING * (max - min) : 0.5;
	return [min - margin, max + margin];
}

/** Two domains grown so that a unit is as long across as it is down, on a plot of that size. */
export function equalDomains(x: Domain, y: Domain, width: number, height: number): [x: Domain, y: Domain] {
	const unit = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height);
	return [grow(x, unit * width), grow(y, unit * height)];
}

function grow([min, max]: Domain, size: number): Domain {
	const centre = (min + max) / 2;
	return [centre - size / 2, centre + size / 2];
}
