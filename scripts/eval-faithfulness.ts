/** Which map to trust: areas of deletion and insertion on a folder of photos with an `answers.json`. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import { Model } from '../src/lib/engine/model.ts';
import { preprocess } from '../src/lib/engine/preprocess.ts';
import { gives } from '../src/lib/marks/scores.ts';
import { parseAnswers } from './lib/answers.ts';
import { readCheckpoint } from './lib/checkpoint.ts';
import { nodeBackend, required, runCommand, typedPath } from './lib/cli.ts';
import { decodeFile } from './lib/decode.ts';
import { MAPS, measurePhoto, type Areas, type MapName } from './lib/faithfulness.ts';

const USAGE = 'npm run eval:faithfulness -- --model DIR --photos DIR [--set NAME] [--limit N] [--backend wasm|cpu]';

type Measured = Readonly<Record<MapName, Areas>>;

/** The photos of a set, as paths. @throws PatchworkError `request` for a set that is not there */
async function photosIn(folder: string, name: string | undefined): Promise<{ set: string; paths: string[] }> {
	const answers = join(folder, 'answers.json');
	const sets = parseAnswers(await readFile(answers, 'utf8'), answers);
	const names = sets.map(([known]) => known);
	const [found] = sets.filter(([known]) => known === (name ?? (names.includes('val') ? 'val' : names[0])));
	if (!found) throw new PatchworkError('request', `${answers} has the sets ${names.join(', ')}, and no "${name}".`);
	const [set, { photos }] = found;
	const subfolder = join(folder, set);
	const from = existsSync(subfolder) ? subfolder : folder;
	return { set, paths: photos.map(({ file }) => join(from, file)) };
}

function limitOf(typed: string | undefined): number {
	const limit = typed === undefined ? Infinity : Number(typed);
	if (limit === Infinity || (Number.isInteger(limit) && limit > 0)) return limit;
	throw new PatchworkError('request', `--limit takes a number of photos, not "${typed}". Usage: ${USAGE}`);
}

function means(measured: readonly Measured[]): Measured {
	const mean = (of: (one: Measured) => number) => measured.reduce((sum, one) => sum + of(one), 0) / measured.length;
	const areas = MAPS.map((name) => [
		name,
		{ deletion: mean((one) => one[name].deletion), insertion: mean((one) => one[name].insertion) }
	]);
	return Object.fromEntries(areas) as Measured;
}

function print(found: Measured, photos: number, set: string): void {
	console.log(`${photos} photos of ${set}: mean probability of the likeliest class, in tenths of the patches`);
	console.log(`${''.padEnd(22)}deletion  insertion   (low and high are good)`);
	for (const name of MAPS) {
		const { deletion, insertion } = found[name];
		console.log(`${name.padEnd(22)}${deletion.toFixed(4).padStart(8)}  ${insertion.toFixed(4).padStart(9)}`);
	}
}

await runCommand(async () => {
	const { values } = parseArgs({
		options: {
			model: { type: 'string' },
			photos: { type: 'string' },
			set: { type: 'string' },
			limit: { type: 'string' },
			backend: { type: 'string', default: 'wasm' }
		}
	});
	const folder = typedPath(required(values.photos, 'photos', USAGE));
	const modelFolder = typedPath(required(values.model, 'model', USAGE));
	const backend = nodeBackend(values.backend, USAGE);
	const { set, paths } = await photosIn(folder, values.set);
	const chosen = paths.slice(0, limitOf(values.limit));
	await useNodeBackend(backend);
	const model = Model.load((await readCheckpoint(modelFolder)).files);
	const { scores, preprocess: rules } = model.config;
	if (scores !== 'softmax' && scores !== 'sigmoid')
		throw new PatchworkError('request', `This model gives ${gives(model.config)}, so no class can fall or rise.`);
	const measured: Measured[] = [];
	for (const [i, path] of chosen.entries()) {
		const { pixelValues } = preprocess(await decodeFile(path), rules, null);
		measured.push(await measurePhoto(model, pixelValues, i + 1));
		if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${chosen.length} photos `);
	}
	if (process.stderr.isTTY) process.stderr.write('\n');
	model.dispose();
	const found = means(measured);
	print(found, measured.length, set);
	console.log(JSON.stringify({ set, photos: measured.length, ...found }));
});
