/** Measures the code: walks, families, circles, lengths. `--src` measures another checkout, of which no walk is known. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { runCommand, typedPath } from './lib/cli.ts';
import { groundOf } from './lib/house/ground.ts';
import { measure } from './lib/house/measure.ts';
import { houseReport, type WalkReport } from './lib/house/report.ts';
import { faultsOf, lengthOf } from './lib/house/walk.ts';
import { WALKS } from './lib/house/walks.ts';

const HERE = resolve(fileURLToPath(import.meta.url), '../../src');

/** The folder that is measured: a checkout's, or its `src`. */
function folderOf(given: string | undefined): string {
	if (given === undefined) return HERE;
	const path = typedPath(given);
	const src = existsSync(join(path, 'src', 'lib')) ? join(path, 'src') : path;
	if (existsSync(join(src, 'lib'))) return src;
	throw new PatchworkError('request', `There is no src/lib in ${path}: name a checkout, or its folder src.`);
}

/** How long the walks are. */
function walked(src: string): WalkReport[] {
	const ground = groundOf(src);
	return WALKS.map((walk) => ({ title: walk.title, length: lengthOf(walk), faults: faultsOf(walk, ground) }));
}

await runCommand(async () => {
	const { values } = parseArgs({ options: { src: { type: 'string' }, files: { type: 'boolean', default: false } } });
	const src = folderOf(values.src);
	const walks = src === HERE ? walked(src) : [];
	console.log(houseReport(measure(src), walks, values.files));
	if (walks.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
});
