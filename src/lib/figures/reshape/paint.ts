import type { Places } from './layout';

/** Width and height of one element, in pixels. */
export interface Scale {
	readonly x: number;
	readonly y: number;
}

/** Elements on their way from one layout to another. */
export interface Moving {
	readonly from: Places;
	readonly to: Places;
	/** How large an element is at the start and at the end. */
	readonly scale: readonly [from: Scale, to: Scale];
	/** In [0, 1]. */
	readonly t: number;
	/** One opaque RGBA colour an element, four bytes in memory order. */
	readonly colours: Uint32Array;
	/** Elements that lie over all others, whichever comes later. */
	readonly front: readonly number[];
}

/**
 * Paints elements into the pixels of an `ImageData` seen as one number a pixel. What no element covers is cleared to
 * transparent; later elements lie over earlier ones.
 */
export function paintElements(pixels: Uint32Array, width: number, moving: Moving): void {
	const { from, to, scale, t, colours, front } = moving;
	const [start, end] = scale;
	const height = Math.floor(pixels.length / width);
	const across = sideAt(start.x, end.x, t);
	const down = sideAt(start.y, end.y, t);
	const before = { x: start.x * (1 - t), y: start.y * (1 - t) };
	const after = { x: end.x * t, y: end.y * t };
	const paint = (i: number) => {
		const left = Math.round((from.x[i] ?? 0) * before.x + (to.x[i] ?? 0) * after.x);
		const top = Math.round((from.y[i] ?? 0) * before.y + (to.y[i] ?? 0) * after.y);
		const colour = colours[i] ?? 0;
		const right = Math.min(width, left + across);
		const bottom = Math.min(height, top + down);
		for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) pixels[y * width + x] = colour;
	};
	pixels.fill(0);
	for (let i = 0; i < colours.length; i++) paint(i);
	for (const i of front) paint(i);
}

/** A side in whole pixels, so that neighbours leave no crack between them. */
const sideAt = (start: number, end: number, t: number) => Math.max(1, Math.ceil(start + (end - start) * t - 0.01));

/** How far from an element, in elements, a point still means it: gaps are no place to miss. */
const NEAR = 2;

/**
 * The element whose square holds a point, the topmost if several do; else the nearest that is not far off; else null.
 * `x`, `y` in elements.
 */
export function elementAt({ x: xs, y: ys }: Places, x: number, y: number): number | null {
	let nearest: number | null = null;
	let least = NEAR;
	for (let i = xs.length - 1; i >= 0 && least > 0; i--) {
		const dx = outside(x - (xs[i] ?? 0));
		const dy = outside(y - (ys[i] ?? 0));
		const distance = Math.max(dx, dy);
		if (distance < least) [nearest, least] = [i, distance];
	}
	return nearest;
}

/** How far a coordinate is from the stretch between 0 and 1. */
const outside = (at: number) => (at < 0 ? -at : at >= 1 ? at - 1 + Number.EPSILON : 0);

/** Slow at both ends. */
export const ease = (t: number) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);
