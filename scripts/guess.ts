/**
 * Measures what a page of the lesson asks its readers to guess, of one model on a folder of photos with an
 * `answers.json`, and writes it to where that page reads it. It takes as long as some twenty passes over the photos; with
 * `--from` it is taken from what `npm run eval` printed. The result is committed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import { NAMES } from '../src/lib/figures/guess/names.ts';
import { required, runCommand, typedPath } from './lib/cli.ts';
import { answerSets, loadModel } from './lib/evaluation.ts';
import { namedTrials, printedTried, recordOf } from './lib/guess-record.ts';
import { describeTried } from './lib/tried-table.ts';
import { sayEvery, tryAll, type Tried } from './lib/try-all.ts';
import { Models } from './lib/trials.ts';

const USAGE = 'npm run guess -- --model DIR (--photos DIR | --from FILE...) [--title NAME] [--out FILE.json]';
const OUT = 'src/lib/figures/guess/measured.json';
/** The seed that `npm run eval` takes by itself. */
const SEED = 1;

async function measure(folder: string, photos: string): Promise<Tried> {
	const sets = await answerSets({ photos, sets: [], limit: Infinity });
	await useNodeBackend('wasm');
	const models = new Models(await loadModel(folder));
	try {
		const asked = await namedTrials(models.own.config, NAMES);
		return await tryAll(models, { sets, ...asked, seed: SEED, progress: sayEvery(25) });
	} finally {
		models.dispose();
	}
}

async function printed(paths: readonly string[]): Promise<Tried> {
	const texts = await Promise.all(paths.map(async (path) => [path, await readFile(typedPath(path), 'utf8')] as const));
	return printedTried(Object.fromEntries(texts));
}

await runCommand(async () => {
	const text = { type: 'string' } as const;
	const from = { type: 'string', multiple: true } as const;
	const { values } = parseArgs({ options: { model: text, photos: text, title: text, out: text, from } });
	const folder = typedPath(required(values.model, 'model', USAGE));
	const tried = values.from
		? await printed(values.from)
		: await measure(folder, typedPath(required(values.photos, 'photos', USAGE)));
	console.log(describeTried(tried));
	const date = new Date().toISOString().slice(0, 10);
	const record = await recordOf(tried, NAMES, { model: values.title ?? basename(folder), date });
	await writeFile(values.out === undefined ? OUT : typedPath(values.out), `${JSON.stringify(record, null, '\t')}\n`);
});
