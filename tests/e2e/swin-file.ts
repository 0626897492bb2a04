import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import type { Npy } from './attention-file';
import { bring } from './bring';
import { SHARED } from './shared';

const FOLDER = join(SHARED, 'parity', 'swin');

/** What the tests know of the checkpoint, from its own config: maps of 16 x 16 and 8 x 8 in windows of 4. */
interface Sizes {
	readonly image_size: number;
	readonly patch_size: number;
	readonly window_size: number;
}

const sizes = () => JSON.parse(readFileSync(join(FOLDER, 'config.json'), 'utf8')) as Sizes;

/** Rows, and columns, of a stage's map. Stages count from 0. */
export const sideOf = (stage: number) => sizes().image_size / sizes().patch_size / 2 ** stage;

/** Brings the checkpoint's files as a reader would, and waits until it is in use. */
export async function bringSwin(page: Page): Promise<void> {
	const files = readdirSync(FOLDER).map((name) => join(FOLDER, name));
	await bring(page, files, 'swin');
}

export interface Query {
	readonly stage: number;
	readonly block: number;
	readonly head: number;
	readonly row: number;
	readonly column: number;
}

/** The query's row of attention by the token it goes to, as the paper cuts and shifts the map, of divisible maps. */
export function rowOf({ shape, data }: Npy, { stage, block, head, row, column }: Query): Map<number, number> {
	const [, heads = 0, area = 0] = shape;
	const [side, window] = [sideOf(stage), sizes().window_size];
	const shift = block % 2 === 1 && side > window ? window >> 1 : 0;
	const rolled = (at: number) => (at - shift + side) % side;
	const back = (at: number) => (at + shift) % side;
	const [top, left] = [rolled(row), rolled(column)].map((at) => at - (at % window)) as [number, number];
	const index = (top / window) * (side / window) + left / window;
	const place = (rolled(row) % window) * window + (rolled(column) % window);
	const start = ((index * heads + head) * area + place) * area;
	return new Map(
		Array.from({ length: area }, (_, key) => {
			const [y, x] = [back(top + Math.floor(key / window)), back(left + (key % window))];
			return [y * side + x, data[start + key] ?? NaN];
		})
	);
}
