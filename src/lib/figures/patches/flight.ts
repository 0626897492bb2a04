import { easeCubicInOut } from 'd3';
import type { Box } from '../../marks/tip';
import { firstPatch, placeOf, type Grid } from '../../marks/tokens';

/** The room of the figure, in pixels, and the grid that the photo is cut into. */
export interface Room {
	readonly width: number;
	readonly height: number;
	readonly grid: Grid;
}

/** Where the tiles start and where they land, in pixels of the room. Those before the patches come from nowhere. */
export interface Flight extends Room {
	/** The photo before it comes apart. */
	readonly photo: Box;
	readonly perLine: number;
	/** Side of a tile in the sequence, and from one tile to the next, in pixels. */
	readonly tile: number;
	readonly pitch: number;
	/** Left and top edge of the sequence, and the distance of its lines, in pixels. */
	readonly left: number;
	readonly top: number;
	readonly line: number;
	readonly tokens: number;
}

/** Room at the left of the sequence for the number of each line's first token, in pixels. */
export const LINE_NUMBERS = 34;
/** Between two tiles of a line: this many pixels, and a share of the tile, so that the tiles stand apart. */
const GAP = 1;
const GAP_SHARE = 0.1;
/** The most pixels between two lines. */
const LEADING = 16;
/** How much smaller than in the photo a tile of the sequence is at least. */
const SHRINK = 0.85;
/** Tiles of a line that a line has more than the grid has columns, so that the sequence does not look like the photo. */
const LONGER = 4;

/** When the tiles stop drifting apart in place, when the last one sets out, and how long each is on its way; in shares. */
const DRIFT = 0.22;
const LAST_START = 0.6;
const TRAVEL = 0.4;
/** How much of its side a tile loses while drifting apart. */
const SHRUNK = 0.14;

/** Lays out the photo and the sequence, each as large as the room allows. */
export function flightOf(room: Room): Flight {
	const { width, height, grid } = room;
	const side = Math.min(width / grid.columns, height / grid.rows);
	const photo = {
		left: (width - side * grid.columns) / 2,
		top: (height - side * grid.rows) / 2,
		width: side * grid.columns,
		height: side * grid.rows
	};
	const tokens = firstPatch(grid) + grid.rows * grid.columns;
	const across = Math.max(1, width - LINE_NUMBERS);
	const tile = tileSide(
		tokens,
		across,
		height,
		Math.min(SHRINK * side, (across / (grid.columns + LONGER) - GAP) / (1 + GAP_SHARE))
	);
	const pitch = pitchOf(tile);
	const perLine = Math.max(1, Math.min(tokens, Math.floor((across + pitch - tile) / pitch)));
	const lines = Math.ceil(tokens / perLine);
	const line = tile + Math.max(GAP, Math.min(LEADING, (height - lines * tile) / lines));
	const used = (lines - 1) * line + tile;
	const left = LINE_NUMBERS + (across - perLine * pitch + pitch - tile) / 2;
	return { ...room, photo, perLine, tile, pitch, left, top: Math.max(0, (height - used) / 2), line, tokens };
}

/** The largest tile, up to `most` pixels, with which all tokens fit into the room. */
function tileSide(tokens: number, width: number, height: number, most: number): number {
	let tile = Math.max(1, Math.floor(most));
	const lines = () => Math.ceil(tokens / Math.max(1, Math.floor((width + pitchOf(tile) - tile) / pitchOf(tile))));
	while (tile > 1 && lines() * pitchOf(tile) > height) tile--;
	return tile;
}

const pitchOf = (tile: number): number => tile + GAP + GAP_SHARE * tile;

/** How far a token is on its way from the photo to the sequence when the whole is at `share`; both in [0, 1]. */
export function progressOf(token: number, tokens: number, share: number): number {
	const start = DRIFT + (LAST_START - DRIFT) * (token / tokens);
	return easeCubicInOut(Math.min(1, Math.max(0, (share - start) / TRAVEL)));
}

/** Where a token's tile is when the tiles have come apart by `share` in [0, 1]. One before the patches stands still where it belongs. */
export function boxAt(flight: Flight, token: number, share: number): Box {
	const goal = inSequence(flight, token);
	const home = inPhoto(flight, token, share);
	if (!home) return goal;
	const t = progressOf(token, flight.tokens, share);
	const mix = (from: number, to: number) => from + (to - from) * t;
	return {
		left: mix(home.left, goal.left),
		top: mix(home.top, goal.top),
		width: mix(home.width, goal.width),
		height: mix(home.height, goal.height)
	};
}

/** The tile in the photo, a little smaller once the tiles drift apart; null for one before the patches. */
function inPhoto({ photo, grid }: Flight, token: number, share: number): Box | null {
	const place = placeOf(token, grid);
	if (!place) return null;
	const side = photo.width / grid.columns;
	const lost = SHRUNK * side * easeCubicInOut(Math.min(1, share / DRIFT));
	return {
		left: photo.left + place.column * side + lost / 2,
		top: photo.top + place.row * side + lost / 2,
		width: side - lost,
		height: side - lost
	};
}

function inSequence({ perLine, tile, pitch, left, top, line }: Flight, token: number): Box {
	return {
		left: left + (token % perLine) * pitch,
		top: top + Math.floor(token / perLine) * line,
		width: tile,
		height: tile
	};
}

/** How clearly CLS and its like are drawn at `share`, in [0, 1]: they are no part of the photo, and come first. */
export const clsOpacity = (share: number): number => progressOf(0, 1, share);

/** The token whose tile is at a point of the room, in pixels; the topmost, or null between the tiles. */
export function tokenUnder(flight: Flight, x: number, y: number, share: number): number | null {
	for (let token = flight.tokens - 1; token >= 0; token--) {
		if (token < firstPatch(flight.grid) && clsOpacity(share) < 0.5) return null;
		const { left, top, width, height } = boxAt(flight, token, share);
		if (x >= left && x < left + width && y >= top && y < top + height) return token;
	}
	return null;
}
