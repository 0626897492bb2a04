import { PatchworkError } from '../../src/lib/base/errors.ts';
import type { ModelConfig } from '../../src/lib/engine/families.ts';
import { isRecord } from '../../src/lib/base/json.ts';
import type { Recorded, Value } from '../../src/lib/figures/guess/measured.ts';
import { CHANGES } from '../../src/lib/photo/changes/changes.ts';
import { editTrials } from './evaluation.ts';
import { MEASURES, type Measure } from './measures.ts';
import { REMOVALS } from './removals.ts';
import { changeTrial, removalTrial, type Trial } from './trials.ts';
import type { Tried } from './try-all.ts';

/** Where the edits lie that the names stand for. */
const FOLDERS = ['scripts/edits', 'scripts/edits/blocks', 'scripts/edits/heads'];

/**
 * What is to be tried for a list of names: files of edits, changes, removals and measures.
 * @throws PatchworkError `request` for a name that is none of these
 */
export async function namedTrials(
	config: ModelConfig,
	names: readonly string[]
): Promise<{ trials: Trial[]; measures: Measure[] }> {
	const edits = (await Promise.all(FOLDERS.map((folder) => editTrials(folder)))).flat();
	const all = [
		...edits,
		...CHANGES.filter(({ name }) => names.includes(name)).map(changeTrial),
		...REMOVALS.filter(({ name }) => names.includes(name)).map((removal) => removalTrial(removal, config))
	];
	const trials = all.filter(({ name }) => names.includes(name));
	const measures = MEASURES.filter(({ name }) => names.includes(name));
	const found = [...trials, ...measures].map(({ name }) => name);
	const missing = names.find((name) => name !== 'untouched' && !found.includes(name));
	if (missing !== undefined)
		throw new PatchworkError('request', `Nothing that can be measured is called "${missing}".`);
	return { trials, measures };
}

/** The command that measures one name and nothing else that it need not. */
export async function commandFor(name: string): Promise<string> {
	const plain = 'npm run eval -- --model DIR --photos DIR';
	if (CHANGES.some((change) => change.name === name)) return `${plain} --change ${name}`;
	if (REMOVALS.some((removal) => removal.name === name)) return `${plain} --remove ${name}`;
	if (MEASURES.some((measure) => measure.name === name)) return `${plain} --measure ${name}`;
	for (const folder of FOLDERS)
		if ((await editTrials(folder)).some((trial) => trial.name === name)) return `${plain} --edits ${folder}`;
	return plain;
}

/**
 * What was measured, as the page reads it: each value with how many photos it is of, when, and by which command.
 * @param names what the page wants @param date `2026-11-29`
 * @throws PatchworkError `request` for a name that was not measured
 */
export async function recordOf(
	{ rows, measures }: Tried,
	names: readonly string[],
	{ model, date }: { readonly model: string; readonly date: string }
): Promise<Recorded> {
	const values: Record<string, Value> = {};
	for (const name of names) {
		const [row, measure] = [rows.find((one) => one.name === name), measures.find((one) => one.name === name)];
		const value = row?.top1 ?? measure?.value;
		if (value === undefined) throw new PatchworkError('request', `"${name}" was not measured.`);
		const { photos = 0 } = row ?? measure ?? {};
		// Four digits: a ten-thousandth is far below one photo in 250.
		const rounded = Number(value.toPrecision(4));
		values[name] = { value: rounded, unit: measure?.unit ?? 'share', photos, date, command: await commandFor(name) };
	}
	return { model, values };
}

/**
 * What `npm run eval` printed, each file with a table of its own, as one.
 * @param files by name @throws PatchworkError `request` for one that does not end in what that command ends in
 */
export function printedTried(files: Readonly<Record<string, string>>): Tried {
	const all = Object.entries(files).map(([name, text]) => {
		const found = lastLine(text);
		if (found) return found;
		throw new PatchworkError('request', `${name} is not what npm run eval prints when it tries several things.`);
	});
	return { rows: all.flatMap(({ rows }) => rows), measures: all.flatMap(({ measures }) => measures) };
}

function lastLine(text: string): Tried | null {
	try {
		const json: unknown = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
		const isTried = isRecord(json) && Array.isArray(json['rows']) && Array.isArray(json['measures']);
		return isTried ? (json as unknown as Tried) : null;
	} catch {
		return null;
	}
}
