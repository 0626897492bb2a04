/**
 * Top-1 and top-5 of a checkpoint folder on a folder of photos with an `answers.json`: of the model as it is, with one
 * list of edits, or of many things that are tried side by side.
 */
import { useNodeBackend } from '../src/lib/engine/backends/node.ts';
import type { Model } from '../src/lib/engine/model.ts';
import { runCommand } from './lib/cli.ts';
import { readEdits } from './lib/edits.ts';
import { evalOptions, isTable, type EvalOptions } from './lib/eval-options.ts';
import { answerSets, loadModel, trialsOf, type NamedSet } from './lib/evaluation.ts';
import { printScore, score, together, type Score } from './lib/score.ts';
import { describeTried } from './lib/tried-table.ts';
import { sayEvery, tryAll } from './lib/try-all.ts';
import { Models } from './lib/trials.ts';

/** The score set by set, and on all of them together. */
async function scoreSets(model: Model, sets: readonly NamedSet[], edit: string | undefined): Promise<void> {
	const edits = await readEdits(edit);
	const scores: Record<string, Score> = {};
	for (const { name, folder, set } of sets) {
		scores[name] = await score(model, folder, set, edits);
		printScore(name, scores[name]);
	}
	if (sets.length > 1 && !('all' in scores)) {
		scores['all'] = together(Object.values(scores));
		printScore('all', scores['all']);
	}
	console.log(JSON.stringify(scores));
}

/** All that is to be tried, in one table. */
async function table(models: Models, sets: readonly NamedSet[], options: EvalOptions): Promise<void> {
	const asked = await trialsOf(models.own.config, options);
	const tried = await tryAll(models, { sets, ...asked, seed: options.seed, progress: sayEvery(25) });
	console.log(describeTried(tried));
	console.log(JSON.stringify(tried));
}

await runCommand(async () => {
	const options = evalOptions(process.argv.slice(2));
	const sets = await answerSets(options);
	// What is wrong with the files of edits is said before anything is loaded.
	await readEdits(options.edit);
	await useNodeBackend(options.backend);
	const models = new Models(await loadModel(options.model));
	try {
		await (isTable(options) ? table(models, sets, options) : scoreSets(models.own, sets, options.edit));
	} finally {
		models.dispose();
	}
});
