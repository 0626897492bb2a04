import type { Places } from './layout';

/** Elements on their way from one layout to another, each a square. */
export interface Moving {
	readonly from: Places;
	readonly to: Places;
	/** Pixels to one element's side at the start and at the end. */
	readonly scale: readonly [from: number, to: number];
	/** In [0, 1]. */
	readonly t: number;
	/** One opaque RGBA colour an element, four bytes in memory order. */
	readonly colours: Uint32Array;
}

/**
 * Paints elements into the pixels of an `ImageData` seen as one number a pixel. What no element covers is cleared to
 * transparent; later elements lie over earlier ones.
 */
export function paintElements(pixels: Uint32Array, width: number, moving: Moving): void {
	const { from, to, scale, t, colours } = moving;
	const height = Math.floor(pixels.length / width);
	const side = Math.max(1, Math.ceil(scale[0] + (scale[1] - scale[0]) * t - 0.01));
	const [a, b] = [scale[0] * (1 - t), scale[1] * t];
	pixels.fill(0);
	for (let i = 0; i < colours.length; i++) {
		const left = Math.round((from.x[i] ?? 0) * a + (to.x[i] ?? 0) * b);
		const top = Math.round((from.y[i] ?? 0) * a + (to.y[i] ?? 0) * b);
		const colour = colours[i] ?? 0;
		const right = Math.min(width, left + side);
		const bottom = Math.min(height, top + side);
		for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) pixels[y * width + x] = colour;
	}
}

/** The element whose square holds a point, the topmost if several do; null if none does. `x`, `y` in elements. */
export function elementAt({ x: xs, y: ys }: Places, x: number, y: number): number | null {
	for (let i = xs.length - 1; i >= 0; i--) {
		const dx = x - (xs[i] ?? 0);
		const dy = y - (ys[i] ?? 0);
		if (dx >= 0 && dx < 1 && dy >= 0 && dy < 1) return i;
	}
	return null;
}

/** Slow at both ends. */
export const ease = (t: number) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);
