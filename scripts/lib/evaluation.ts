import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import type { ModelConfig } from '../../src/lib/engine/families.ts';
import { Model } from '../../src/lib/engine/model.ts';
import { gives } from '../../src/lib/marks/scores.ts';
import { CHANGES } from '../../src/lib/photo/changes/changes.ts';
import { parseAnswers, type AnswerSet } from './answers.ts';
import { readCheckpoint } from './checkpoint.ts';
import { typedPath } from './cli.ts';
import { readEdits } from './edits.ts';
import type { EvalOptions } from './eval-options.ts';
import { MEASURES, type Measure } from './measures.ts';
import { REMOVALS } from './removals.ts';
import { changeTrial, editTrial, removalTrial, type Trial } from './trials.ts';

/** A set of photos that are to be counted, with the folder that they lie in. */
export interface NamedSet {
	readonly name: string;
	readonly folder: string;
	readonly set: AnswerSet;
}

/** The sets that are asked for. @throws PatchworkError as `parseAnswers`, and `request` for a set that is not there */
export async function answerSets({
	photos,
	sets,
	limit
}: Pick<EvalOptions, 'photos' | 'sets' | 'limit'>): Promise<NamedSet[]> {
	const answers = join(photos, 'answers.json');
	const all = parseAnswers(await readFile(answers, 'utf8'), answers);
	const names = all.map(([name]) => name);
	const unknown = sets.find((name) => !names.includes(name));
	if (unknown !== undefined)
		throw new PatchworkError('request', `${answers} has no set "${unknown}": choose from ${names.join(', ')}.`);
	return all
		.filter(([name]) => sets.length === 0 || sets.includes(name))
		.map(([name, set]) => {
			const folder = join(photos, name);
			// The reference's rates are of the whole set.
			const part = limit < set.photos.length ? { photos: set.photos.slice(0, limit) } : set;
			return { name, folder: existsSync(folder) ? folder : photos, set: part };
		});
}

/** Whether one class can come before others: not where there is one alone, nor among numbers. */
const namesClasses = ({ scores, classes }: ModelConfig) =>
	(scores === 'softmax' || scores === 'sigmoid') && classes > 1;

/** @throws PatchworkError for a checkpoint that cannot be read, and `request` for a model without right answers */
export async function loadModel(folder: string): Promise<Model> {
	const { files } = await readCheckpoint(folder);
	const model = Model.load(files);
	const { classes, scores } = model.config;
	if (!namesClasses(model.config)) {
		model.dispose();
		throw new PatchworkError(
			'request',
			`This model gives ${gives(model.config)}, so there are no right answers to count.`
		);
	}
	if (scores === 'sigmoid')
		console.log(`Each of the ${classes} classes is scored by itself; the most probable is counted as the answer.`);
	return model;
}

/** What is to be tried, in the order of the table: edits by the names of their files, changes, removals. */
export async function trialsOf(
	config: ModelConfig,
	{ edits, changes, removals, measures }: Pick<EvalOptions, 'edits' | 'changes' | 'removals' | 'measures'>
): Promise<{ trials: Trial[]; measures: Measure[] }> {
	return {
		trials: [
			...(await editTrials(edits)),
			...CHANGES.filter(({ name }) => changes.includes(name)).map(changeTrial),
			...REMOVALS.filter(({ name }) => removals.includes(name)).map((removal) => removalTrial(removal, config))
		],
		measures: MEASURES.filter(({ name }) => measures.includes(name))
	};
}

/** One trial a file of a folder, in the order of their names, numbers by their size. */
export async function editTrials(folder: string | undefined): Promise<Trial[]> {
	if (folder === undefined) return [];
	const there = existsSync(typedPath(folder)) ? await readdir(typedPath(folder)) : [];
	const names = there.filter((name) => name.endsWith('.json'));
	if (names.length === 0)
		throw new PatchworkError('request', `${folder} has no file of edits: put lists of edits there, as *.json.`);
	names.sort(new Intl.Collator('en', { numeric: true }).compare);
	const trials: Trial[] = [];
	for (const name of names)
		trials.push(editTrial(name.replace(/\.json$/, ''), await readEdits(join(typedPath(folder), name))));
	return trials;
}
