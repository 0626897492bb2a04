import type { Rectangle } from '../../marks/canvas';
import { placeOf, prefixOf, type Grid } from '../../marks/tokens';

/** Where everything of the film is, in CSS pixels of its one canvas. */
export interface Layout {
	readonly width: number;
	readonly height: number;
	readonly grid: Grid;
	/** Of writing. */
	readonly type: number;
	readonly photo: Rectangle;
	/** One for each token before the patches. */
	readonly tiles: readonly Rectangle[];
	readonly columns: Rectangle;
	readonly bar: Rectangle;
	readonly out: Rectangle;
}

const GAP = 12;
/** From this width on, what is computed stands beside the photo and not below it. */
const WIDE = 480;

/**
 * @param width of the canvas
 * @param room the largest height that it may have
 */
export function layoutOf(width: number, room: number, grid: Grid): Layout {
	return width >= WIDE ? beside(width, room, grid) : below(width, grid);
}

/** The photo as large as the square of this side takes it. */
function photoIn({ rows, columns }: Grid, side: number): { width: number; height: number } {
	const cell = side / Math.max(rows, columns);
	return { width: cell * columns, height: cell * rows };
}

/** Tiles in a row, no larger than their space allows. */
function tilesIn(grid: Grid, x: number, y: number, width: number, largest: number): Rectangle[] {
	const names = prefixOf(grid);
	const side = Math.min(largest, (width - 4 * (names.length - 1)) / Math.max(1, names.length));
	return names.map((_, i) => ({ x: x + i * (side + 4), y, width: side, height: side }));
}

function below(width: number, grid: Grid): Layout {
	const type = 11;
	const line = type + 5;
	const photo = { x: 0, y: 0, ...photoIn(grid, Math.min(128, 0.4 * width)) };
	const [x, rest] = [photo.width + GAP, width - photo.width - GAP];
	const tiles = tilesIn(grid, x, 0, rest, 30);
	const end = Math.max(photo.height, 92);
	const top = (tiles[0]?.height ?? 0) + line + 4;
	const out = { x, y: top, width: rest, height: end - top };
	const columns = { x: 0, y: end + line + 2, width, height: 46 };
	const bar = { x: 0, y: columns.y + columns.height + line + 2, width, height: 20 };
	return { width, height: bar.y + bar.height + 1, grid, type, photo, tiles, columns, bar, out };
}

function beside(width: number, room: number, grid: Grid): Layout {
	const type = width > 900 ? 14 : 12;
	const line = type + 8;
	const photo = { x: 0, y: 0, ...photoIn(grid, Math.max(220, Math.min(0.48 * width, room))) };
	const [x, rest] = [photo.width + 1.5 * GAP, width - photo.width - 1.5 * GAP];
	const height = Math.max(photo.height, 240);
	const tiles = tilesIn(grid, x, 0, rest, Math.max(36, height / 7));
	const top = tiles[0]?.height ?? 0;
	const left = height - top - 3 * line;
	const columns = { x, y: top + line, width: rest, height: 0.48 * left };
	const bar = { x, y: columns.y + columns.height + line, width: rest, height: Math.min(44, 0.16 * left) };
	const y = bar.y + bar.height + line;
	const out = { x, y, width: rest, height: height - y };
	return { width, height, grid, type, photo, tiles, columns, bar, out };
}

/** The box of a token: its patch on the photo, or its tile beside it. */
export function boxOf({ grid, photo, tiles }: Layout, token: number): Rectangle {
	const place = placeOf(token, grid);
	if (!place) return tiles[token] ?? photo;
	// On whole pixels, so that no line shows between two that touch.
	const [x, right] = [0, 1].map((on) => photo.x + Math.round(((place.column + on) * photo.width) / grid.columns));
	const [y, bottom] = [0, 1].map((on) => photo.y + Math.round(((place.row + on) * photo.height) / grid.rows));
	return { x: x ?? 0, y: y ?? 0, width: (right ?? 0) - (x ?? 0), height: (bottom ?? 0) - (y ?? 0) };
}
