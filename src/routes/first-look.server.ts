import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { halvesToFloats } from '$lib/engine/checkpoint/half';
import { PHOTO_FILE, RECORDED_FOLDER, RUN_FILE, type RecordedRun } from '$lib/lesson/recorded';
import { modelEntry } from '$lib/models/registry';

/** What the front page shows before any script has run: a map of the recorded run, over the photo that it saw. */
export interface FirstLook {
	/** What the model saw of the photo, as a data URL: it comes with the page, ahead of scripts and fonts. */
	readonly photo: string;
	/** What the photo shows. */
	readonly alt: string;
	readonly rows: number;
	readonly columns: number;
	/** How much of its attention CLS gives to each patch, row-major, to four significant digits. */
	readonly values: readonly number[];
	/** Counted from 0. */
	readonly block: number;
	readonly head: number;
	readonly model: string;
	readonly answer: string;
	/** In [0, 1]. */
	readonly score: number;
}

/**
 * The map that the front page begins at, out of the recording.
 * @param folder the site's static files
 * @throws Error where the recording lacks that block: `npm run record` makes it anew
 */
export async function firstLook(folder: string): Promise<FirstLook> {
	const recorded = join(folder, RECORDED_FOLDER);
	const run = JSON.parse(await readFile(join(recorded, RUN_FILE), 'utf8')) as RecordedRun;
	const { title, firstLook: look } = modelEntry(run.model.id);
	const { block, head } = look ?? { block: run.model.config.depth - 1, head: 0 };
	const tap = run.taps.find(({ name }) => name === `blocks.${block}.attn.pattern`);
	if (!tap) throw new Error(`Of block ${block + 1} no pattern is recorded; npm run record makes the recording anew.`);
	const pattern = halvesToFloats(new Uint16Array(new Uint8Array(await readFile(join(recorded, tap.file))).buffer));
	const [rows, columns] = run.model.config.positions?.grid ?? [1, 1];
	// Head by head, a row a query, of which CLS is the first: as many keys as there are tokens.
	const tokens = tap.shape.at(-1) ?? 0;
	const start = head * tokens * tokens + tokens - rows * columns;
	const values = [...pattern.subarray(start, start + rows * columns)].map((value) => Number(value.toPrecision(4)));
	const [first] = run.top;
	const said = { answer: first?.label ?? '', score: first?.score ?? 0 };
	const photo = `data:image/webp;base64,${(await readFile(join(recorded, PHOTO_FILE))).toString('base64')}`;
	return { photo, alt: run.sample.alt, rows, columns, values, block, head, model: title, ...said };
}
