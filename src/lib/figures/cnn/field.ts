import type { ReceptiveField } from '../../analysis/receptive-field';
import { patchGrid, type CommonConfig, type Grid } from '../../engine/config';
import { tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { placeOf } from '../../marks/tokens';
import { modelEntry } from '../../models/registry';
import { blockName } from '../kit/block-name';
import { INSIDES, type FieldRecord } from './measured';

/** A place in the CNN of the site: behind one of its blocks, or behind its last layer. */
export interface Place extends FieldRecord {
	/** As readers call it. */
	readonly title: string;
}

/** The side of that CNN's input, in pixels. */
const SIDE = modelEntry('patchwork-c').input;

/** How many places there are. */
export const PLACE_COUNT = INSIDES.fields.length;

/**
 * All of them, in order, each with what its middle unit can see and what it uses: in pixels of the input of the model in use,
 * which shows the same of the photo.
 */
export function placesFor({ imageSize }: Pick<CommonConfig, 'imageSize'>): Place[] {
	const scale = imageSize[1] / SIDE;
	return INSIDES.fields.map((field) => ({
		...field,
		title: blockName(field.name),
		side: field.side * scale,
		half: field.half * scale,
		distance: field.distance * scale
	}));
}

/** What that CNN is called. */
export const CNN = INSIDES.names.cnn;

/** The share of a ViT's blocks that have been run once `block`, counted from 0, is done. */
export const relativeDepth = (block: number, { depth }: Pick<ViTConfig, 'depth'>): number => (block + 1) / depth;

/** Where the CNN is when the ViT has done `block`, counted from 0: the shallower of two that are equally near. */
export function placeBeside(block: number, config: Pick<ViTConfig, 'depth' | 'imageSize'>): Place {
	const depth = relativeDepth(block, config);
	const away = (place: Place) => Math.abs(place.depth - depth);
	return placesFor(config).reduce((best, place) => (away(place) < away(best) ? place : best));
}

/** A rectangle on the model's input, in pixels, and the share of the picture that it covers. */
export interface Square {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly covered: number;
}

/** The part of a square around a point that lies on the picture: what hangs over an edge is padding. All in pixels. */
export function onPicture(
	centre: { readonly x: number; readonly y: number },
	side: number,
	picture: { readonly width: number; readonly height: number }
): Square {
	const from = (middle: number) => Math.max(0, middle - side / 2);
	const to = (middle: number, limit: number) => Math.min(limit, middle + side / 2);
	const [x, y] = [from(centre.x), from(centre.y)];
	const [width, height] = [to(centre.x, picture.width) - x, to(centre.y, picture.height) - y];
	return { x, y, width, height, covered: (width * height) / (picture.width * picture.height) };
}

/** A receptive field of `side` pixels around the middle of a patch; null for CLS, which has no place. */
export function squareAround(token: number, side: number, config: ViTConfig): Square | null {
	const place = placeOf(token, tokenGrid(config));
	if (!place) return null;
	const [height, width] = config.imageSize;
	return onPicture(centreOf(place, config.patchSize), side, { width, height });
}

/**
 * How much of the attention on patches goes to patches whose middle lies outside of a square, in [0, 1].
 * @param weights one a patch, row-major; they need not sum to 1, for CLS may have its part too
 */
export function shareOutside(weights: ArrayLike<number>, square: Square, config: ViTConfig): number {
	const { columns } = patchGrid(config);
	let outside = 0;
	let total = 0;
	for (let patch = 0; patch < weights.length; patch++) {
		const weight = weights[patch] ?? 0;
		const { x, y } = centreOf({ row: Math.floor(patch / columns), column: patch % columns }, config.patchSize);
		const inside = x >= square.x && x <= square.x + square.width && y >= square.y && y <= square.y + square.height;
		if (!inside) outside += weight;
		total += weight;
	}
	return total > 0 ? outside / total : 0;
}

const centreOf = ({ row, column }: { row: number; column: number }, patchSize: number) => ({
	x: (column + 0.5) * patchSize,
	y: (row + 0.5) * patchSize
});

/** The rows and columns that a unit can depend on, as a rectangle on another model's input, which shows the same. */
export function spanned(
	{ rows, columns }: Pick<ReceptiveField, 'rows' | 'columns'>,
	{ imageSize: own }: Pick<CommonConfig, 'imageSize'>,
	{ imageSize: other }: Pick<CommonConfig, 'imageSize'>
): Square {
	const [down, across] = [other[0] / own[0], other[1] / own[1]];
	const [width, height] = [(columns[1] - columns[0] + 1) * across, (rows[1] - rows[0] + 1) * down];
	const covered = (width * height) / (other[0] * other[1]);
	return { x: columns[0] * across, y: rows[0] * down, width, height, covered };
}

/** The unit of a map whose middle lies nearest to that of a patch, row by row. @param map, grid that it and the patches lie on */
export function unitAt({ row, column }: { row: number; column: number }, grid: Grid, map: Grid): number {
	const at = (place: number, from: number, to: number) => Math.min(to - 1, Math.floor(((place + 0.5) * to) / from));
	return at(row, grid.rows, map.rows) * map.columns + at(column, grid.columns, map.columns);
}

/** The shares of a field that lie on each patch: as many as the grid has, which sum to 1. @param width of the field, in pixels */
export function onPatches(field: Float32Array, width: number, { rows, columns }: Grid): Float32Array {
	const shares = new Float32Array(rows * columns);
	const height = field.length / width;
	let all = 0;
	for (const [i, value] of field.entries()) {
		const patch =
			Math.floor((Math.floor(i / width) * rows) / height) * columns + Math.floor(((i % width) * columns) / width);
		shares[patch] = (shares[patch] ?? 0) + value;
		all += value;
	}
	return all > 0 ? shares.map((share) => share / all) : shares;
}
