/**
 * Records the taps that the tutorial's figures read at first, of the bundled model on the first sample photo, so that
 * there is something to look at while the reader's own model is loading: `npm run record`. The result is committed; a
 * test compares it with a run of today.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDED_FOLDER, RUN_FILE } from '../src/lib/lesson/recorded.ts';
import { runCommand } from './lib/cli.ts';
import { firstTaps } from './lib/first-taps.ts';
import { makeRecording } from './lib/recording.ts';

const STATIC = 'static';
/** Values and pixels of a recording, by their files' names. */
const OWN = /\.(f16|rgb)$/;

await runCommand(async () => {
	const { about, files } = await makeRecording(STATIC, firstTaps);
	const folder = join(STATIC, RECORDED_FOLDER);
	await mkdir(folder, { recursive: true });
	// What other commands have recorded beside it stays.
	for (const name of await readdir(folder)) if (OWN.test(name)) await rm(join(folder, name));
	await writeFile(join(folder, RUN_FILE), `${JSON.stringify(about)}\n`);
	for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
	const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
	console.log(`${about.taps.length} taps of ${about.model.id} on ${about.sample.id}: ${(total / 1e6).toFixed(1)} MB`);
});
