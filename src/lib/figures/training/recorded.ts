import { isRecord, parseJson } from '../../base/json';
import { siteRoot } from '../../base/site';
import type { Task } from '../../engine/train/contract';

/** A row of the table that `npm run train -- --table` writes: one task, one network, so many pictures, all seeds. */
export interface HungerRow {
	readonly task: Task;
	readonly model: 'vit' | 'cnn';
	readonly pictures: number;
	readonly seeds: number;
	/** Of the held-out accuracies, in [0, 1]. */
	readonly mean: number;
	readonly least: number;
	readonly most: number;
	readonly chance: number;
}

export interface Hunger {
	readonly command: string;
	readonly rows: readonly HungerRow[];
	/** The day of the last cell. */
	readonly date: string;
	/** For how many steps the networks were taught, task by task. */
	readonly steps: Readonly<Partial<Record<Task, number>>>;
	readonly heldOut: number;
}

/** One training of the table. */
interface Cell {
	readonly task: Task;
	readonly date: string;
	readonly steps: number;
	readonly heldOut: number;
}

/** A stretch of the making of a bundled model: errors in shares of what there was to explain, by what they are of. */
export interface Stretch {
	/** Views of photos that it had seen. */
	readonly seen: number;
	readonly phase: 'parts' | 'whole';
	readonly errors: Readonly<Record<string, number>>;
}

/** How often student and teacher name the same class first, on held-out photos. */
export interface Agreement {
	readonly seen: number;
	readonly share: number;
}

export interface Making {
	readonly stretches: readonly Stretch[];
	readonly agreements: readonly Agreement[];
}

/** What a recording of the site says. @param path from its root @throws Error where the site's file cannot be had */
export async function fetched(path: string): Promise<unknown> {
	const response = await fetch(new URL(path, siteRoot()));
	if (!response.ok) throw new Error(`The site gives no ${path}.`);
	return parseJson(await response.text(), path);
}

/** @throws Error where the site's file cannot be had, or is none of ours */
export async function hunger(): Promise<Hunger> {
	return readHunger(await fetched('recorded/data-hunger.json'));
}

export function readHunger(table: unknown): Hunger {
	if (!isRecord(table) || !Array.isArray(table['summary']) || !Array.isArray(table['cells']))
		throw new Error('The table of trainings is none.');
	const cells = table['cells'] as readonly Cell[];
	const { heldOut = 0 } = cells[0] ?? {};
	const steps = Object.fromEntries(cells.map((cell) => [cell.task, cell.steps]));
	return {
		command: String(table['command']),
		rows: table['summary'] as HungerRow[],
		date: cells.map(({ date }) => date).sort().at(-1) ?? '',
		steps,
		heldOut
	};
}

/** By how many points two means have to differ to be called different. */
export const CLEAR = 5;

/** With how many pictures one network is clearly ahead of the other, task by task. */
export interface Lead {
	readonly task: Task;
	readonly cnn: readonly number[];
	readonly vit: readonly number[];
}

/** @param rows where one of the two is missing, that number of pictures is left out */
export function leadsOf(rows: readonly HungerRow[]): Lead[] {
	return [...new Set(rows.map(({ task }) => task))].map((task) => {
		const ofTask = rows.filter((row) => row.task === task);
		const mean = (of: HungerRow['model'], pictures: number) =>
			ofTask.find((row) => row.model === of && row.pictures === pictures)?.mean ?? NaN;
		const counts = [...new Set(ofTask.map(({ pictures }) => pictures))];
		const ahead = (one: HungerRow['model'], other: HungerRow['model']) =>
			counts.filter((pictures) => 100 * (mean(one, pictures) - mean(other, pictures)) > CLEAR);
		return { task, cnn: ahead('cnn', 'vit'), vit: ahead('vit', 'cnn') };
	});
}

/** @param model `patchwork-t` or `patchwork-c` @throws as {@link hunger} does */
export async function making(model: string): Promise<Making> {
	return readMaking(await fetched(`models/${model}/curves.json`));
}

export function readMaking(curves: unknown): Making {
	if (!Array.isArray(curves)) throw new Error('The curves are none.');
	const lines = curves.filter(isRecord);
	const stretches = lines.flatMap(({ seen, phase, ...errors }): Stretch[] => {
		if (phase !== 'parts' && phase !== 'whole') return [];
		const numbers = Object.entries(errors).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
		return [{ seen: Number(seen), phase, errors: Object.fromEntries(numbers) }];
	});
	const agreements = lines.flatMap(({ seen, agreement }): Agreement[] =>
		typeof agreement === 'number' ? [{ seen: Number(seen), share: agreement }] : []
	);
	return { stretches, agreements };
}
