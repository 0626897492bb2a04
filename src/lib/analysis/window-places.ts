import {
	isShifted,
	placeOf,
	regionOf,
	rolledPlace,
	rolledTo,
	tokenAt,
	windowCorner,
	windowLayout,
	type Axis,
	type WindowLayout
} from '../engine/swin/windows';
import { stageMap, type MapSize, type SwinConfig } from '../engine/swin/config';

/*
 * Where things lie on the photo. The query is a patch of the first stage's map, and stays the same patch through all
 * stages: in a later one it is the token that the patch has been merged into.
 */

/** The token of a stage's map that a patch has become part of. Both count row by row from 0. */
export function tokenOfPatch(config: SwinConfig, stage: number, patch: number): number {
	const [first, map] = [stageMap(config), stageMap(config, stage)];
	const scale = 2 ** stage;
	const row = Math.floor(Math.floor(patch / first.columns) / scale);
	const column = Math.floor((patch % first.columns) / scale);
	return row * map.columns + column;
}

/** A patch of a stage's token: `current` if it is one of its patches, or else its first. */
export function patchOfToken(config: SwinConfig, stage: number, token: number, current: number): number {
	if (tokenOfPatch(config, stage, current) === token) return current;
	const { columns } = stageMap(config, stage);
	const scale = 2 ** stage;
	return Math.floor(token / columns) * scale * stageMap(config).columns + (token % columns) * scale;
}

/** A rectangle of a stage's map, in tokens. */
export interface Part {
	readonly row: number;
	readonly column: number;
	readonly rows: number;
	readonly columns: number;
	/** Where it stands in the window, after the roll: its first row and column there. */
	readonly inWindow: { readonly row: number; readonly column: number };
	/** Whether the query is in it; the mask keeps the others apart from it. */
	readonly own: boolean;
}

/**
 * Where a token's window lies on the map: in one piece, or, where the roll has brought it round the edge, in several.
 * Padding is left out.
 */
export function windowParts(layout: WindowLayout, token: number): Part[] {
	const at = placeOf(layout, token);
	const own = regionOf(layout, at);
	const { row, column } = windowCorner(layout, at.window);
	return stretches(layout, 'rows', row).flatMap((down) =>
		stretches(layout, 'columns', column).map((across) => ({
			row: down.start,
			column: across.start,
			rows: down.length,
			columns: across.length,
			inWindow: { row: down.place, column: across.place },
			own: 3 * down.band + across.band === own
		}))
	);
}

/** A stretch of a window's side whose places are neighbours on the map too, and see each other. */
interface Stretch {
	readonly start: number;
	length: number;
	/** Where in the window it begins. */
	readonly place: number;
	readonly band: number;
}

/** @param first row or column of the window, on the rolled map */
function stretches(layout: WindowLayout, axis: Axis, first: number): Stretch[] {
	const found: Stretch[] = [];
	for (let place = 0; place < layout.window[axis]; place++) {
		const { from, band } = rolledPlace(layout, axis, first + place);
		const last = found.at(-1);
		if (from === null) continue;
		if (last && last.band === band && last.start + last.length === from) last.length++;
		else found.push({ start: from, length: 1, place, band });
	}
	return found;
}

/** How many places of a token's window are padding. */
export function paddingOf(layout: WindowLayout, token: number): number {
	const { window } = placeOf(layout, token);
	let padding = 0;
	for (let place = 0; place < layout.area; place++) if (tokenAt(layout, { window, place }) === null) padding++;
	return padding;
}

/** How many places of its window a token can attend to, padding among them: those that the mask leaves it. */
export function reachIn(layout: WindowLayout, token: number): number {
	const at = placeOf(layout, token);
	const own = regionOf(layout, at);
	let reach = 0;
	for (let place = 0; place < layout.area; place++) if (regionOf(layout, { ...at, place }) === own) reach++;
	return reach;
}

/** The mean entropy, in nats, of rows that are even over what each token of the map can attend to. */
export function evenEntropy(layout: WindowLayout): number {
	const tokens = layout.map.rows * layout.map.columns;
	let sum = 0;
	for (let token = 0; token < tokens; token++) sum += Math.log(reachIn(layout, token));
	return sum / tokens;
}

/** How many windows of the block before (whose windows are not shifted) a token's own part of its window joins. */
export function joinedWindows(config: SwinConfig, stage: number, layout: WindowLayout, token: number): number {
	const before = windowLayout(config, stage, 0);
	const joined = new Set<number>();
	for (const own of windowParts(layout, token).filter((part) => part.own)) {
		for (let row = own.row; row < own.row + own.rows; row++) {
			for (let column = own.column; column < own.column + own.columns; column++) {
				joined.add(placeOf(before, row * before.map.columns + column).window);
			}
		}
	}
	return joined.size;
}

/** The lines between the windows of a block, as a path in units of tokens. */
export function windowLines(layout: WindowLayout): string {
	const { rows, columns } = layout.map;
	return (
		between(layout, 'rows')
			.map((row) => `M0 ${row}H${columns}`)
			.join('') +
		between(layout, 'columns')
			.map((column) => `M${column} 0V${rows}`)
			.join('')
	);
}

/** The lines of the block before a shifted one, whose windows were not; empty where nothing is shifted. */
export function linesBefore(config: SwinConfig, stage: number, layout: WindowLayout): string {
	return isShifted(layout) ? windowLines(windowLayout(config, stage, 0)) : '';
}

/** Where on an axis of the map one window ends and another begins, its ends left out. */
function between(layout: WindowLayout, axis: Axis): number[] {
	const windowOf = (at: number) => Math.floor(rolledTo(layout, axis, at) / layout.window[axis]);
	return Array.from({ length: Math.max(0, layout.map[axis] - 1) }, (_, i) => i + 1).filter(
		(at) => windowOf(at) !== windowOf(at - 1)
	);
}

/** How far a stage's map reaches, in pixels of the model's input: beyond the picture where it was filled up. */
export function extentOf(config: SwinConfig, stage: number): { width: number; height: number } {
	const { rows, columns }: MapSize = stageMap(config, stage);
	const cell = config.patchSize * 2 ** stage;
	return { width: columns * cell, height: rows * cell };
}
