import { plannedMap, stageMap, stageOf, tableWindow, type MapSize, type SwinConfig } from './config';

/**
 * How one block cuts its map into windows (Liu et al. 2021, arXiv 2103.14030, section 3.2). Tokens are counted row by
 * row from 0. The map is filled up with zeros at the bottom and the right to whole windows, rolled up and to the left by
 * `shift` (before or after it is filled up, see {@link SwinConfig.rules}), and cut: window 0 is the top left.
 */
export interface WindowLayout {
	readonly map: MapSize;
	/** Rows and columns of a window, in tokens. */
	readonly window: MapSize;
	/** By how many rows the map is rolled up, and by how many columns to the left; both 0 for a block without a shift. */
	readonly shift: MapSize;
	/** What is rolled: the map with its padding, or without where that is added after the roll. */
	readonly rolled: MapSize;
	/** The map with its padding. */
	readonly padded: MapSize;
	/** Windows in each direction. */
	readonly down: number;
	readonly across: number;
	/** Windows of the whole map. */
	readonly count: number;
	/** Tokens (and padding) of a window. */
	readonly area: number;
}

/** Where a token is attended to: its window, and its place in there, both row by row from 0. */
interface WindowPlace {
	readonly window: number;
	readonly place: number;
}

/** One direction of a map. */
export type Axis = keyof MapSize;

const bothAxes = (side: (axis: Axis) => number): MapSize => ({ rows: side('rows'), columns: side('columns') });

/**
 * The windows of a block. Every second block shifts them by half a window; where the map is no larger than a window, the
 * window shrinks to the map and nothing is shifted, by the rules of the library that the model is from, unless the model
 * always keeps its window.
 * @param stage counted from 0 @param block counted from 0 in its stage
 */
export function windowLayout(config: SwinConfig, stage: number, block: number): WindowLayout {
	const map = stageMap(config, stage);
	const full = tableWindow(stageOf(config, stage));
	const limit = config.rules === 'timm' ? plannedMap(config, stage) : bothAxes(() => Math.min(map.rows, map.columns));
	const stays = (axis: Axis) => config.alwaysPartition || limit[axis] > full[axis];
	// A map of one row and an odd one before it is planned as none at all.
	const window = bothAxes((axis) => (stays(axis) ? full[axis] : Math.max(1, Math.min(full[axis], limit[axis]))));
	const shift = bothAxes((axis) => (block % 2 === 1 && stays(axis) ? Math.floor(full[axis] / 2) : 0));
	const [down, across] = [Math.ceil(map.rows / window.rows), Math.ceil(map.columns / window.columns)];
	const padded = { rows: down * window.rows, columns: across * window.columns };
	const rolled = config.rules === 'timm' ? map : padded;
	return { map, window, shift, rolled, padded, down, across, count: down * across, area: window.rows * window.columns };
}

/** Whether the windows hold more than the map. */
export function isPadded({ map, padded }: WindowLayout): boolean {
	return padded.rows > map.rows || padded.columns > map.columns;
}

/** Whether a block's windows lie elsewhere than those of the block before. */
export function isShifted({ shift }: WindowLayout): boolean {
	return shift.rows > 0 || shift.columns > 0;
}

/** Where a row or a column of the map has been rolled to. */
export function rolledTo({ rolled, shift }: WindowLayout, axis: Axis, at: number): number {
	return (at - shift[axis] + rolled[axis]) % rolled[axis];
}

/** What stands at a place of an axis after the roll, and who may see it there. */
interface RolledPlace {
	/** The row or the column of the map; null for padding. */
	readonly from: number | null;
	/** Which of the three stretches the mask keeps apart: whole windows; in the last one the rest, and what came round. */
	readonly band: number;
}

/** @param place a row or a column of the rolled and padded map, from 0 */
export function rolledPlace(
	{ map, rolled, padded, shift, window }: WindowLayout,
	axis: Axis,
	place: number
): RolledPlace {
	const from = place < rolled[axis] ? (place + shift[axis]) % rolled[axis] : null;
	const isWhole = shift[axis] === 0 || place < padded[axis] - window[axis];
	return {
		from: from !== null && from < map[axis] ? from : null,
		band: isWhole ? 0 : place < padded[axis] - shift[axis] ? 1 : 2
	};
}

/** Where a token of the map is attended to. */
export function placeOf(layout: WindowLayout, token: number): WindowPlace {
	const { map, window, across } = layout;
	const row = rolledTo(layout, 'rows', Math.floor(token / map.columns));
	const column = rolledTo(layout, 'columns', token % map.columns);
	return {
		window: Math.floor(row / window.rows) * across + Math.floor(column / window.columns),
		place: (row % window.rows) * window.columns + (column % window.columns)
	};
}

/** The first row and column of a window in the rolled map. */
export function windowCorner({ window, across }: WindowLayout, index: number): { row: number; column: number } {
	return { row: Math.floor(index / across) * window.rows, column: (index % across) * window.columns };
}

/** What stands in the row and in the column of a place. */
function standing(layout: WindowLayout, { window, place }: WindowPlace): { row: RolledPlace; column: RolledPlace } {
	const { row, column } = windowCorner(layout, window);
	const { columns } = layout.window;
	return {
		row: rolledPlace(layout, 'rows', row + Math.floor(place / columns)),
		column: rolledPlace(layout, 'columns', column + (place % columns))
	};
}

/** The token that stands at a place of a window, or null for padding. */
export function tokenAt(layout: WindowLayout, at: WindowPlace): number | null {
	const { row, column } = standing(layout, at);
	return row.from === null || column.from === null ? null : row.from * layout.map.columns + column.from;
}

/**
 * Which of the nine regions of the rolled map a place lies in, row by row from 0: the mask keeps them apart, because what
 * the roll has brought together is no neighbour in the picture. All 0 without a shift.
 */
export function regionOf(layout: WindowLayout, at: WindowPlace): number {
	const { row, column } = standing(layout, at);
	return 3 * row.band + column.band;
}

/** What the reference adds to a score that is masked: enough for a share of 0 in float32 beside any usual score. */
const MASKED = -100;

/**
 * What is added to the scores so that tokens of different regions don't attend to each other; null where nothing is
 * shifted. @returns (windows, area, area): rows are queries, columns keys
 */
export function shiftMask(layout: WindowLayout): Float32Array | null {
	const { count, area } = layout;
	if (!isShifted(layout)) return null;
	const mask = new Float32Array(count * area * area);
	for (let window = 0; window < count; window++) {
		const regions = Array.from({ length: area }, (_, place) => regionOf(layout, { window, place }));
		for (const [query, own] of regions.entries()) {
			for (const [key, other] of regions.entries()) {
				if (own !== other) mask[(window * area + query) * area + key] = MASKED;
			}
		}
	}
	return mask;
}

/**
 * For every (query, key) of a window, the row of the table of relative position biases: offsets go from
 * `1 - side` to `side - 1` in each direction, rows first. A window that shrank uses the middle of the table.
 * @param full the window that the table is for
 */
export function relativePositions(window: MapSize, full: MapSize): Int32Array {
	const area = window.rows * window.columns;
	return Int32Array.from({ length: area * area }, (_, i) => {
		const [query, key] = [Math.floor(i / area), i % area];
		const rows = Math.floor(query / window.columns) - Math.floor(key / window.columns);
		const columns = (query % window.columns) - (key % window.columns);
		return (rows + full.rows - 1) * (2 * full.columns - 1) + columns + full.columns - 1;
	});
}
