import { placeOf, prefixOf, tokenAt, type Grid } from '../marks/tokens';
import type { Size } from '../inspector/crop';
import type { Crop } from '../worker/protocol';

/** A point of what both panels show, as shares of its width and height, in [0, 1]. */
export interface Place {
	readonly x: number;
	readonly y: number;
}

/** What both panels look from: a place, or a token that has none, by what it is called in a link (`cls`). */
export type Query = Place | string;

/** A panel's patches over what both show: the window is the part of it that this panel's model saw, in shares. */
export interface Frame {
	readonly grid: Grid;
	readonly window: Crop;
}

/** The whole of what is shown. */
export const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 };

const MIDDLE: Place = { x: 0.5, y: 0.5 };

/** Two windows that differ by less show the same: crops are computed in fractions of a pixel. */
const SAME = 1e-3;

/** A crop in pixels of a photo as shares of its width and height. */
export function windowOf(crop: Crop, { width, height }: Size): Crop {
	return { x: crop.x / width, y: crop.y / height, width: crop.width / width, height: crop.height / height };
}

export function isSameWindow(a: Crop, b: Crop): boolean {
	return (['x', 'y', 'width', 'height'] as const).every((key) => Math.abs(a[key] - b[key]) < SAME);
}

const slug = (name: string) => name.toLowerCase().replaceAll(' ', '-');

/** What the other panel has to look from when this one looks from `token`: the middle of its patch. */
export function queryOf(token: number, { grid, window }: Frame): Query {
	const place = placeOf(token, grid);
	if (!place) return slug(prefixOf(grid)[token] ?? 'CLS');
	const x = (place.column + 0.5) / grid.columns;
	const y = (place.row + 0.5) / grid.rows;
	return { x: window.x + x * window.width, y: window.y + y * window.height };
}

/**
 * The token at a query: the patch that the place lies in, or the nearest one where this panel's model did not see the
 * place. For a token without a place that this model does not have: CLS, or the middle of the photo if not even that.
 */
export function tokenFor(query: Query, { grid, window }: Frame): number {
	if (typeof query !== 'string') return tokenUnder(query, { grid, window });
	if (prefixOf(grid).length === 0) return tokenUnder(MIDDLE, { grid, window: WHOLE });
	return Math.max(0, prefixOf(grid).map(slug).indexOf(query));
}

function tokenUnder(query: Place, { grid, window }: Frame): number {
	return tokenAt((query.x - window.x) / window.width, (query.y - window.y) / window.height, grid);
}

/** Whether this panel's model has what the query names: it saw the place, or has the token. */
export function has(query: Query, { grid, window }: Frame): boolean {
	if (typeof query === 'string') return prefixOf(grid).map(slug).includes(query);
	const inside = (at: number, start: number, length: number) => at >= start - SAME && at <= start + length + SAME;
	return inside(query.x, window.x, window.width) && inside(query.y, window.y, window.height);
}

/** A query as a link writes it: `cls`, or the place in percent, `48.2-51.8`. */
export function writeQuery(query: Query): string {
	if (typeof query === 'string') return query;
	return [query.x, query.y].map((share) => Number((100 * share).toFixed(2))).join('-');
}

/** Undefined where the text is no query. */
export function readQuery(text: string): Query | undefined {
	const [, x, y] = /^(\d{1,3}(?:\.\d{1,4})?)-(\d{1,3}(?:\.\d{1,4})?)$/.exec(text) ?? [];
	if (x !== undefined && y !== undefined) {
		const place = { x: Number(x) / 100, y: Number(y) / 100 };
		return place.x <= 1 && place.y <= 1 ? place : undefined;
	}
	return /^[a-z][a-z0-9-]{0,31}$/.test(text) ? text : undefined;
}
