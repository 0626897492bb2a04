import { placeOf, regionOf, tokenAt, windowLayout, type WindowLayout } from '../engine/swin/windows';
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
 * Where a token's window lies on the map: in one piece, or, where the roll has brought it round the edge, in up to four.
 * Padding is left out.
 */
export function windowParts(layout: WindowLayout, token: number): Part[] {
	const { window, across, map, padded } = layout;
	const at = placeOf(layout, token);
	const own = regionOf(layout, at);
	const top = Math.floor(at.window / across) * window;
	const left = (at.window % across) * window;
	const inside = (start: number, length: number, end: number) => Math.max(0, Math.min(start + length, end) - start);
	return stretches(top, padded.rows, layout).flatMap((vertical) =>
		stretches(left, padded.columns, layout).flatMap((horizontal) => {
			const rows = inside(vertical.start, vertical.length, map.rows);
			const columns = inside(horizontal.start, horizontal.length, map.columns);
			if (rows === 0 || columns === 0) return [];
			const place = vertical.place * window + horizontal.place;
			const isOwn = regionOf(layout, { window: at.window, place }) === own;
			const inWindow = { row: vertical.place, column: horizontal.place };
			return [{ row: vertical.start, column: horizontal.start, rows, columns, inWindow, own: isOwn }];
		})
	);
}

/** Where a window's side lies on an axis before the roll: in one stretch, or in two, the second of them at the start. */
function stretches(from: number, length: number, { window, shift }: WindowLayout) {
	const start = (from + shift) % length;
	const before = Math.min(window, length - start);
	const first = { start, length: before, place: 0 };
	return before === window ? [first] : [first, { start: 0, length: window - before, place: before }];
}

/** How many places of a token's window are padding. */
export function paddingOf(layout: WindowLayout, token: number): number {
	const { window } = placeOf(layout, token);
	let padding = 0;
	for (let place = 0; place < layout.area; place++) if (tokenAt(layout, { window, place }) === null) padding++;
	return padding;
}

/** How many windows of the block before (whose windows are not shifted) a token's own part of its window joins. */
export function joinedWindows(config: SwinConfig, stage: number, layout: WindowLayout, token: number): number {
	const before = windowLayout(config, stage, 0);
	const [own] = windowParts(layout, token).filter((part) => part.own);
	if (!own) return 0;
	const joined = new Set<number>();
	for (let row = own.row; row < own.row + own.rows; row++) {
		for (let column = own.column; column < own.column + own.columns; column++) {
			joined.add(placeOf(before, row * before.map.columns + column).window);
		}
	}
	return joined.size;
}

/** The lines between the windows of a block, as a path in units of tokens. */
export function windowLines({ map, window, shift }: WindowLayout): string {
	return (
		between(map.rows, window, shift)
			.map((row) => `M0 ${row}H${map.columns}`)
			.join('') +
		between(map.columns, window, shift)
			.map((column) => `M${column} 0V${map.rows}`)
			.join('')
	);
}

/** The lines of the block before a shifted one, whose windows were not; empty where nothing is shifted. */
export function linesBefore(config: SwinConfig, stage: number, { shift }: WindowLayout): string {
	return shift > 0 ? windowLines(windowLayout(config, stage, 0)) : '';
}

/** Where on an axis one window ends and the next begins, its ends left out. */
function between(length: number, window: number, shift: number): number[] {
	return Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1).filter(
		(at) => at % window === shift % window
	);
}

/** How far a stage's map reaches, in pixels of the model's input: beyond the picture where it was filled up. */
export function extentOf(config: SwinConfig, stage: number): { width: number; height: number } {
	const { rows, columns }: MapSize = stageMap(config, stage);
	const cell = config.patchSize * 2 ** stage;
	return { width: columns * cell, height: rows * cell };
}
