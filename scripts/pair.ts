/**
 * Holds a CNN against a ViT on a folder of photos with an `answers.json`, and writes what came of it to where the lesson
 * reads it: `changes`, how often each is right after each change of the photos; `insides`, how alike their blocks are, how
 * far heads look, and whether the same places count. The results are committed.
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { PatchworkError } from '../src/lib/base/errors.ts';
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import type { Rates } from '../src/lib/figures/breaks/measured.ts';
import { modelEntry, MODELS } from '../src/lib/models/registry.ts';
import { CHANGES } from '../src/lib/photo/changes/changes.ts';
import { required, runCommand, typedPath, wholeNumber } from './lib/cli.ts';
import { answerSets, loadModel, type NamedSet } from './lib/evaluation.ts';
import { insidesOf } from './lib/pair.ts';
import { changeTrial, Models } from './lib/trials.ts';
import { sayEvery, tryAll, type Row } from './lib/try-all.ts';

const USAGE = 'npm run pair -- --what changes|insides --cnn DIR --vit DIR --photos DIR [--limit N] [--out FILE.json]';
const OUT = { changes: 'src/lib/figures/breaks/measured.json', insides: 'src/lib/figures/cnn/measured.json' };
/** The seed that `npm run eval` takes by itself. */
const SEED = 1;

async function changesOf(folder: string, sets: readonly NamedSet[]): Promise<readonly Row[]> {
	const models = new Models(await loadModel(folder));
	try {
		const trials = CHANGES.map(changeTrial);
		return (await tryAll(models, { sets, trials, measures: [], seed: SEED, progress: sayEvery(25) })).rows;
	} finally {
		models.dispose();
	}
}

async function changes(cnn: string, vit: string, sets: readonly NamedSet[]) {
	const [a, b] = [await changesOf(cnn, sets), await changesOf(vit, sets)];
	const rates = (row: Row | undefined): Rates => ({ top1: row?.top1 ?? NaN, changed: row?.changed ?? null });
	const rows = a.map((row, i) => ({ name: row.name, cnn: rates(row), vit: rates(b[i]) }));
	return { photos: a[0]?.photos ?? 0, rows };
}

async function insides(cnn: string, vit: string, sets: readonly NamedSet[]) {
	const models = [await loadModel(cnn), await loadModel(vit)] as const;
	try {
		return await insidesOf(...models, sets, sayEvery(25));
	} finally {
		for (const model of models) model.dispose();
	}
}

/** What readers know a folder's model as. */
const titleOf = (folder: string) => {
	const id = basename(folder);
	return MODELS.some((model) => model.id === id) ? modelEntry(id).title : id;
};

await runCommand(async () => {
	const text = { type: 'string' } as const;
	const options = { what: text, cnn: text, vit: text, photos: text, limit: text, out: text };
	const { values } = parseArgs({ options });
	const what = required(values.what, 'what', USAGE);
	if (what !== 'changes' && what !== 'insides') throw new PatchworkError('request', `Usage: ${USAGE}`);
	const [cnn, vit, photos] = (['cnn', 'vit', 'photos'] as const).map((key) =>
		typedPath(required(values[key], key, USAGE))
	) as [string, string, string];
	const sets = await answerSets({
		photos,
		sets: [],
		limit: values.limit === undefined ? Infinity : wholeNumber('limit', values.limit, 1, USAGE)
	});
	await useNodeBackend('wasm');
	const record = {
		names: { cnn: titleOf(cnn), vit: titleOf(vit) },
		date: new Date().toISOString().slice(0, 10),
		command: `npm run pair -- --what ${what} --cnn DIR --vit DIR --photos DIR`,
		...(await (what === 'changes' ? changes : insides)(cnn, vit, sets))
	};
	const out = values.out === undefined ? OUT[what] : typedPath(values.out);
	const style = await resolveConfig(out);
	await writeFile(out, await format(JSON.stringify(record), { ...style, parser: 'json' }));
	console.log(`Written to ${out}.`);
});
