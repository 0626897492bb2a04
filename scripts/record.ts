/**
 * Records the taps that the tutorial's figures read at first, of the bundled model on the first sample photo, so that
 * there is something to look at while the reader's own model is loading: `npm run record`. The result is committed; a
 * test compares it with a run of today.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { PHOTO_FILE, RECORDED_FOLDER, RUN_FILE, type RecordedRun } from '../src/lib/lesson/recorded.ts';
import type { Crop } from '../src/lib/engine/crop.ts';
import { runCommand } from './lib/cli.ts';
import { firstTaps } from './lib/first-taps.ts';
import { makeRecording } from './lib/recording.ts';

const STATIC = 'static';

await runCommand(async () => {
	const { about, files } = await makeRecording(STATIC, firstTaps);
	const folder = join(STATIC, RECORDED_FOLDER);
	await mkdir(folder, { recursive: true });
	for (const name of await filesOfLast(folder)) await rm(join(folder, name), { force: true });
	await writeFile(join(folder, RUN_FILE), `${JSON.stringify(about)}\n`);
	await writeFile(join(folder, PHOTO_FILE), await smallPhoto(join(STATIC, about.sample.file), about.crop));
	for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
	const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
	console.log(`${about.taps.length} taps of ${about.model.id} on ${about.sample.id}: ${(total / 1e6).toFixed(1)} MB`);
});

/** What the recording of before consists of, by its own list: what other commands have recorded beside it stays. */
async function filesOfLast(folder: string): Promise<string[]> {
	const run = join(folder, RUN_FILE);
	if (!existsSync(run)) return [];
	const { seen, taps } = JSON.parse(await readFile(run, 'utf8')) as RecordedRun;
	return [seen, ...taps].map(({ file }) => file);
}

/** What the model saw of the photo, 448 pixels wide: in some 20 kB sharp enough under a map. */
function smallPhoto(path: string, crop: Crop): Promise<Buffer> {
	const [left, top, width, height] = [crop.x, crop.y, crop.width, crop.height].map(Math.round);
	const region = { left: left ?? 0, top: top ?? 0, width: width ?? 1, height: height ?? 1 };
	return sharp(path).extract(region).resize({ width: 448 }).webp({ quality: 68 }).toBuffer();
}
