import recorded from './measured.json';

/** How often a network is right first, and how often its first class is another than of the untouched photo; in [0, 1]. */
export interface Rates {
	readonly top1: number;
	/** Null of the untouched photos. */
	readonly changed: number | null;
}

/** What `npm run pair -- --what changes` writes: two networks, each change over all photos. */
export interface BreaksRecord {
	readonly names: { readonly cnn: string; readonly vit: string };
	/** `2026-11-29` */
	readonly date: string;
	readonly command: string;
	readonly photos: number;
	/** By the change's name; `untouched` first. */
	readonly rows: readonly { readonly name: string; readonly cnn: Rates; readonly vit: Rates }[];
}

/** The JSON's shape is checked by the test beside this. */
export const RECORD = recorded as BreaksRecord;

/** @throws Error for what was not measured */
export function rowOf(name: string): BreaksRecord['rows'][number] {
	const row = RECORD.rows.find((one) => one.name === name);
	if (!row) throw new Error(`'${name}' was not measured: run npm run pair.`);
	return row;
}
