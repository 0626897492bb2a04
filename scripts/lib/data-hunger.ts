import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { isRecord, parseJson } from '../../src/lib/base/json.ts';
import { TASKS, type NetworkPlan, type Recipe, type Task } from '../../src/lib/engine/train/contract.ts';
import { SIDES } from '../../src/lib/engine/train/presets.ts';
import { MODELS, type ModelKind } from './train-options.ts';
import { percent, settingsOf, train, type Say, type Trained } from './train-run.ts';

/*
 * How much each kind of network needs: every task, model, number of pictures and seed. Of one
 * task, all are taught for as many steps by the same recipe, so that only the number of pictures differs. What is done is in the file; what is not yet is done next.
 */

/** Numbers of pictures. */
export const COUNTS = [50, 500, 5000] as const;
export const SEEDS = [1, 2, 3] as const;
const HELD_OUT = 500;

/** One cell's training, and when it ended. */
export interface Cell extends Omit<Trained, 'plan' | 'recipe'> {
	readonly seed: number;
	/** The day, as in `2026-01-31`. */
	readonly date: string;
	readonly plan: NetworkPlan;
	readonly recipe: Recipe;
}

/** Of the seeds of one row. */
export interface Summary {
	readonly task: Task;
	readonly model: ModelKind;
	readonly pictures: number;
	/** How many seeds are done. */
	readonly seeds: number;
	/** Of the held-out accuracies. */
	readonly mean: number;
	readonly least: number;
	readonly most: number;
	readonly chance: number;
}

export interface Table {
	readonly command: string;
	readonly summary: readonly Summary[];
	readonly cells: readonly Cell[];
}

export interface Wanted {
	readonly task: Task;
	readonly model: ModelKind;
	readonly pictures: number;
	readonly seed: number;
}

/** Every cell: one seed of all before the next one, so that a table that was stopped is whole as far as it goes. */
export function wantedCells(): Wanted[] {
	return SEEDS.flatMap((seed) =>
		COUNTS.flatMap((pictures) =>
			TASKS.flatMap((task) => MODELS.map((model): Wanted => ({ task, model, pictures, seed })))
		)
	);
}

const isSame = (a: Wanted, b: Wanted) =>
	a.task === b.task && a.model === b.model && a.pictures === b.pictures && a.seed === b.seed;

/** Whether two shapes are the same is not seen for some hundred steps by either network; the other tasks take the recipe's. */
const LONGER: Partial<Record<Task, number>> = { 'same-different': 1200 };

/** What is asked of a cell. */
const asked = (wanted: Wanted) => ({
	...wanted,
	size: SIDES[0],
	steps: LONGER[wanted.task],
	minutes: Infinity,
	mirror: false,
	shift: 0
});

/** Those that were made by today's network and recipe; others can't stand beside them. */
export function ofToday(cells: readonly Cell[]): Cell[] {
	return cells.filter((cell) => {
		const { plan, recipe } = settingsOf(asked(cell));
		return JSON.stringify([cell.plan, cell.recipe]) === JSON.stringify([plan, recipe]);
	});
}

/** Those that are not in the table yet. */
export function left(cells: readonly Cell[]): Wanted[] {
	return wantedCells().filter((wanted) => !cells.some((cell) => isSame(cell, wanted)));
}

/** In the order of tasks, models and numbers of pictures. */
export function summaryOf(cells: readonly Cell[]): Summary[] {
	return TASKS.flatMap((task) =>
		MODELS.flatMap((model) =>
			COUNTS.flatMap((pictures): Summary[] => {
				const own = cells.filter((cell) => cell.task === task && cell.model === model && cell.pictures === pictures);
				const [first] = own;
				if (!first) return [];
				const shares = own.map(({ accuracy }) => accuracy);
				const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
				const spread = { least: Math.min(...shares), most: Math.max(...shares) };
				return [{ task, model, pictures, seeds: own.length, mean, ...spread, chance: first.chance }];
			})
		)
	);
}

/** The cells that a file has. @throws PatchworkError `config` for a file that is no such table */
export async function cellsIn(path: string): Promise<Cell[]> {
	if (!existsSync(path)) return [];
	const table = parseJson(await readFile(path, 'utf8'), path);
	if (isRecord(table) && Array.isArray(table['cells'])) return table['cells'] as Cell[];
	throw new PatchworkError('config', `${path} is no table of trainings; name another file with --out.`);
}

/** Written beside it first, so that being stopped leaves a whole file. */
async function write(path: string, cells: readonly Cell[]): Promise<void> {
	const table: Table = { command: 'npm run train -- --table', summary: summaryOf(cells), cells };
	await mkdir(dirname(path), { recursive: true });
	await writeFile(`${path}.part`, `${JSON.stringify(table, null, '\t')}\n`);
	await rename(`${path}.part`, path);
}

/** Fills the table, cell by cell. @param path of the file that has it, and gets it */
export async function fillTable(path: string, say: Say): Promise<void> {
	const cells = ofToday(await cellsIn(path));
	const rest = left(cells);
	say(`${cells.length} of ${wantedCells().length} cells are there.`);
	for (const wanted of rest) {
		const { trained } = await train({ ...asked(wanted), heldOut: HELD_OUT }, () => {});
		cells.push({ ...trained, seed: wanted.seed, date: new Date().toISOString().slice(0, 10) });
		await write(path, cells);
		const { task, model, pictures, seed } = wanted;
		say(`${task}, ${model}, ${pictures} pictures, seed ${seed}: ${percent(trained.accuracy)} in ${trained.seconds} s`);
	}
}
