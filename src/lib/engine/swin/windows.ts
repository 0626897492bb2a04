import { stageMap, stageOf, type MapSize, type SwinConfig } from './config';

/**
 * How one block cuts its map into windows (Liu et al. 2021, arXiv 2103.14030, section 3.2). Tokens are counted row by
 * row from 0. The map is filled up with zeros at the bottom and the right to whole windows, rolled up and to the left by
 * `shift`, and cut: window 0 is the rolled map's top left.
 */
export interface WindowLayout {
	readonly map: MapSize;
	/** Side of a window, in tokens. */
	readonly window: number;
	/** By how many tokens the map is rolled, up and to the left; 0 for a block without a shift. */
	readonly shift: number;
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
export interface WindowPlace {
	readonly window: number;
	readonly place: number;
}

/**
 * The windows of a block. Every second block shifts them by half a window; where the map is no larger than a window in
 * one direction, the window shrinks to the map's shorter side and nothing is shifted, as in the reference.
 * @param stage counted from 0 @param block counted from 0 in its stage
 */
export function windowLayout(config: SwinConfig, stage: number, block: number): WindowLayout {
	const map = stageMap(config, stage);
	const full = stageOf(config, stage).window;
	const shorter = Math.min(map.rows, map.columns);
	const window = Math.min(full, shorter);
	const shift = block % 2 === 1 && shorter > full ? Math.floor(full / 2) : 0;
	const down = Math.ceil(map.rows / window);
	const across = Math.ceil(map.columns / window);
	const padded = { rows: down * window, columns: across * window };
	return { map, window, shift, padded, down, across, count: down * across, area: window ** 2 };
}

/** Where a token of the map is attended to. */
export function placeOf({ map, window, shift, padded, across }: WindowLayout, token: number): WindowPlace {
	const row = (Math.floor(token / map.columns) - shift + padded.rows) % padded.rows;
	const column = ((token % map.columns) - shift + padded.columns) % padded.columns;
	return {
		window: Math.floor(row / window) * across + Math.floor(column / window),
		place: (row % window) * window + (column % window)
	};
}

/** Row and column of a place in the rolled map. */
function rolled({ window, across }: WindowLayout, { window: index, place }: WindowPlace) {
	return {
		row: Math.floor(index / across) * window + Math.floor(place / window),
		column: (index % across) * window + (place % window)
	};
}

/** The token that stands at a place of a window, or null for padding. */
export function tokenAt(layout: WindowLayout, at: WindowPlace): number | null {
	const { map, shift, padded } = layout;
	const place = rolled(layout, at);
	const row = (place.row + shift) % padded.rows;
	const column = (place.column + shift) % padded.columns;
	return row < map.rows && column < map.columns ? row * map.columns + column : null;
}

/**
 * Which of the nine regions of the rolled map a place lies in, row by row from 0: what the roll has brought together
 * from different regions are no neighbours in the picture. All 0 without a shift.
 */
export function regionOf(layout: WindowLayout, at: WindowPlace): number {
	const { padded } = layout;
	const { row, column } = rolled(layout, at);
	return 3 * band(row, padded.rows, layout) + band(column, padded.columns, layout);
}

/** The three stretches of a rolled axis: whole windows; in the last one what belongs there, and what came round. */
function band(place: number, length: number, { window, shift }: WindowLayout): number {
	if (shift === 0 || place < length - window) return 0;
	return place < length - shift ? 1 : 2;
}

/** What the reference adds to a score that is masked: enough for a share of 0 in float32 beside any usual score. */
const MASKED = -100;

/**
 * What is added to the scores so that tokens of different regions don't attend to each other; null where nothing is
 * shifted. @returns (windows, area, area): rows are queries, columns keys
 */
export function shiftMask(layout: WindowLayout): Float32Array | null {
	const { count, area, shift } = layout;
	if (shift === 0) return null;
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
 * @param side of the window that the table is for
 */
export function relativePositions(window: number, side: number): Int32Array {
	const area = window ** 2;
	return Int32Array.from({ length: area * area }, (_, i) => {
		const [query, key] = [Math.floor(i / area), i % area];
		const rows = Math.floor(query / window) - Math.floor(key / window);
		const columns = (query % window) - (key % window);
		return (rows + side - 1) * (2 * side - 1) + columns + side - 1;
	});
}
