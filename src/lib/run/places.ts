import type { ShareBox } from '../analysis/box-share';
import { CLS, firstPatch, hasCls, placeOf, prefixOf, tokenAt, type Grid } from '../marks/tokens';
import type { Crop } from '../engine/crop';
import { identityOf } from '../photo/photo';
import type { Shown } from './shown';

/** A point of a photo, or of what several photos are shown in, as shares of its width and height, in [0, 1]. */
export interface Place {
	readonly x: number;
	readonly y: number;
}

/** What is looked from, whichever model looks: a place, or a token that has none, by its name in a link (`cls`). */
export type Query = Place | string;

/** A model's tokens over a photo: the window is the part of it that the model saw, in shares. */
export interface Frame {
	readonly grid: Grid;
	readonly window: Crop;
}

/** A frame, and what the photo that it lies over is told by: see {@link identityOf}. */
export interface Sight extends Frame {
	readonly photo: object;
}

/** The whole of what is shown. */
export const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 };

/** Two windows that differ by less show the same: crops are computed in fractions of a pixel. */
const SAME = 1e-3;

/** What a run saw of its photo. */
export function sightOf({ grid, result, photo }: Shown): Sight {
	return { grid, window: windowOf(result.crop, photo.bitmap), photo: identityOf(photo) };
}

/** A crop in pixels of a photo as shares of its width and height. */
export function windowOf(crop: Crop, { width, height }: { readonly width: number; readonly height: number }): Crop {
	return { x: crop.x / width, y: crop.y / height, width: crop.width / width, height: crop.height / height };
}

export function isSameWindow(a: Crop, b: Crop): boolean {
	return (['x', 'y', 'width', 'height'] as const).every((key) => Math.abs(a[key] - b[key]) < SAME);
}

const slug = (name: string) => name.toLowerCase().replaceAll(' ', '-');

const nameBefore = (token: number, grid: Grid) => slug(prefixOf(grid)[token] ?? '');

/** What any model has to look from to look from `token` of this one: the middle of its patch. */
export function queryOf(token: number, { grid, window }: Frame): Query {
	const place = placeOf(token, grid);
	if (!place) return nameBefore(token, grid);
	const x = (place.column + 0.5) / grid.columns;
	const y = (place.row + 0.5) / grid.rows;
	return { x: window.x + x * window.width, y: window.y + y * window.height };
}

/**
 * The token at a query: the patch that the place lies in, or the nearest one where this model did not see the place. For
 * a token without a place that this model does not have, what is looked from {@link instead}.
 */
export function tokenFor(query: Query, frame: Frame): number {
	if (typeof query !== 'string') return tokenUnder(query, frame);
	const at = prefixOf(frame.grid).map(slug).indexOf(query);
	return at >= 0 ? at : tokenFor(instead(frame), frame);
}

/** What a model looks from in place of a token that it does not have: CLS, or the middle of what it saw if not even that. */
export function instead({ grid, window }: Frame): Query {
	if (hasCls(grid)) return nameBefore(CLS, grid);
	return { x: window.x + window.width / 2, y: window.y + window.height / 2 };
}

function tokenUnder(query: Place, { grid, window }: Frame): number {
	return tokenAt((query.x - window.x) / window.width, (query.y - window.y) / window.height, grid);
}

/**
 * The token of `to` that is where `token` is in `from`: at the same point of the photo; over another photo, at the same
 * point of what is seen of it.
 */
export function tokenIn(to: Sight, token: number, from: Sight): number {
	const [here, there] = to.photo === from.photo ? [to, from] : [to, from].map((sight) => ({ ...sight, window: WHOLE }));
	return tokenFor(queryOf(token, there), here);
}

/** Whether a token that has no place may be called so in a link. */
export const isTokenName = (text: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(text);

/** What a link calls a token: a patch by its number, row by row from 0; what stands before them by its name. */
export type TokenName = string | number;

export function nameOf(token: number, grid: Grid): TokenName {
	const patch = token - firstPatch(grid);
	return patch < 0 ? nameBefore(token, grid) : patch;
}

/** The token of that name; the model's first one where it has no such patch or name. */
export function tokenNamed(name: TokenName, grid: Grid): number {
	const isPatch = typeof name === 'number' && name < grid.rows * grid.columns;
	if (isPatch) return firstPatch(grid) + name;
	return tokenFor(typeof name === 'string' ? name : 'cls', { grid, window: WHOLE });
}

/** Whether this model has what the query names: it saw the place, or has the token. */
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

/** A box as a link writes it: left, top, width and height in percent, `25-30-50-40`. */
export function writeBox({ x, y, width, height }: ShareBox): string {
	return [x, y, width, height].map((share) => Number((100 * share).toFixed(2))).join('-');
}

/** Undefined where the text is no box in the picture. */
export function readBox(text: string): ShareBox | undefined {
	if (!/^(\d{1,3}(\.\d{1,2})?-){3}\d{1,3}(\.\d{1,2})?$/.test(text)) return undefined;
	const [x = 0, y = 0, width = 0, height = 0] = text.split('-').map((part) => Number(part) / 100);
	const isInside = width > 0 && height > 0 && x + width <= 1 + SAME && y + height <= 1 + SAME;
	return isInside ? { x, y, width, height } : undefined;
}

/** So exactly that the same pixels come out of it to all digits that a page shows. */
export const writeCrop = ({ x, y, width, height }: Crop): string =>
	[x, y, width, height].map((pixels) => Number(pixels.toFixed(4))).join('-');

/** Undefined where the text is no region of any picture. */
export function readCrop(text: string): Crop | undefined {
	if (!/^(\d{1,5}(\.\d{1,4})?-){3}\d{1,5}(\.\d{1,4})?$/.test(text)) return undefined;
	const [x = 0, y = 0, width = 0, height = 0] = text.split('-').map(Number);
	return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Undefined where the text is no query. */
export function readQuery(text: string): Query | undefined {
	const [, x, y] = /^(\d{1,3}(?:\.\d{1,4})?)-(\d{1,3}(?:\.\d{1,4})?)$/.exec(text) ?? [];
	if (x !== undefined && y !== undefined) {
		const place = { x: Number(x) / 100, y: Number(y) / 100 };
		return place.x <= 1 && place.y <= 1 ? place : undefined;
	}
	return isTokenName(text) ? text : undefined;
}
