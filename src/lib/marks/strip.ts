import { clampIndex } from './cursor';
import type { Box } from './tip';

/** Tiles that flow into lines as words do: `perLine` on each, the last line as many as are left. All counts from 0. */
export interface Flow {
	readonly count: number;
	readonly perLine: number;
	readonly lines: number;
}

/** How `count` tiles of `tile` pixels flow into a width; at least one a line. */
export function flowOf(count: number, width: number, tile: number): Flow {
	const perLine = Math.max(1, Math.min(count, Math.floor(width / tile)));
	return { count, perLine, lines: Math.max(1, Math.ceil(count / perLine)) };
}

/** The tile at a point given in shares of the flow's width and height; null beside the last one. */
export function tileAt(x: number, y: number, { count, perLine, lines }: Flow): number | null {
	const column = clampIndex(Math.floor(x * perLine), perLine);
	const index = clampIndex(Math.floor(y * lines), lines) * perLine + column;
	return index < count ? index : null;
}

/** Where a tile is, in shares of the flow's width and height. */
export function boxOfTile(index: number, { perLine, lines }: Flow): Box {
	const width = 1 / perLine;
	const height = 1 / lines;
	return { left: (index % perLine) * width, top: Math.floor(index / perLine) * height, width, height };
}

/** Where a key leads: left and right along the sequence, across line ends too; up and down by a line. Null for others. */
export function moveTile(index: number, key: string, { count, perLine }: Flow): number | null {
	switch (key) {
		case 'ArrowLeft':
			return clampIndex(index - 1, count);
		case 'ArrowRight':
			return clampIndex(index + 1, count);
		case 'ArrowUp':
			return index >= perLine ? index - perLine : index;
		case 'ArrowDown':
			return index + perLine < count ? index + perLine : index;
		case 'Home':
			return 0;
		case 'End':
			return clampIndex(count - 1, count);
		default:
			return null;
	}
}
