/** A rectangle; in which units says whoever hands it over. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** Pixels between a tip and what it speaks of, and between a tip and the window's edge. */
export const GAP = 10;
export const MARGIN = 6;

/**
 * Where a tip stands: above what it speaks of where there is room, else below it, and never past the window's edge.
 * @param anchor what it speaks of, in pixels of the window
 * @returns the tip's left and top edge in pixels of the window; null when the anchor has been scrolled out of sight
 */
export function placeTip(anchor: Box, tip: Size, window: Size): { left: number; top: number } | null {
	const bottom = anchor.top + anchor.height;
	const right = anchor.left + anchor.width;
	if (bottom < 0 || anchor.top > window.height || right < 0 || anchor.left > window.width) return null;
	const centre = anchor.left + anchor.width / 2;
	const above = anchor.top - GAP - tip.height;
	const top = above >= MARGIN ? above : bottom + GAP;
	return {
		left: within(centre - tip.width / 2, tip.width, window.width),
		top: within(top, tip.height, window.height)
	};
}

/** The place nearest to `start` at which a stretch of `length` keeps its margin inside `room`; its start wins. */
function within(start: number, length: number, room: number): number {
	return Math.max(MARGIN, Math.min(start, room - MARGIN - length));
}
