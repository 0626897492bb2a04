import type { Cover } from './canvas';

/** The shapes, by the numbers that labels are. */
export const SHAPES = ['circle', 'square', 'triangle', 'cross'] as const;

/** Where a shape lies and how large it is, in pixels; turned by `angle`, in radians. */
export interface Placed {
	readonly x: number;
	readonly y: number;
	/** Of a circle of about the same area. */
	readonly radius: number;
	readonly angle: number;
}

/** How far a point lies outside a shape of radius 1, in radii; below 0 inside. Corners are sharp. */
type Distance = (x: number, y: number) => number;

const box = (x: number, y: number, width: number, height: number) =>
	Math.max(Math.abs(x) - width / 2, Math.abs(y) - height / 2);

/** Sides of an equilateral triangle of area pi, from its centre: the radius of the circle inside it. */
const INSIDE = Math.sqrt(Math.PI / (3 * Math.sqrt(3)));
/** The long side of a cross whose bars are a third as wide, of area pi: 5/9 of its square are covered. */
const SPAN = Math.sqrt((9 * Math.PI) / 5);

const DISTANCES: Readonly<Record<(typeof SHAPES)[number], Distance>> = {
	circle: (x, y) => Math.hypot(x, y) - 1,
	square: (x, y) => box(x, y, Math.sqrt(Math.PI), Math.sqrt(Math.PI)),
	triangle: (x, y) => Math.max(y, Math.abs(x) * (Math.sqrt(3) / 2) - y / 2) - INSIDE,
	cross: (x, y) => Math.min(box(x, y, SPAN, SPAN / 3), box(x, y, SPAN / 3, SPAN))
};

/** How far a shape of radius 1 reaches at most: the triangle's corners. */
export const REACH = 2 * INSIDE;

/** What a shape covers; its edge is as soft as one pixel. @param shape from 0 to 3 */
export function shapeCover(shape: number, { x, y, radius, angle }: Placed): Cover {
	const distance = DISTANCES[SHAPES[shape] ?? 'circle'];
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return (px, py) => {
		const [dx, dy] = [(px - x) / radius, (py - y) / radius];
		return Math.min(1, Math.max(0, 0.5 - radius * distance(dx * cos + dy * sin, dy * cos - dx * sin)));
	};
}
