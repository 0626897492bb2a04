import { parseArgs } from 'node:util';
import { PatchworkError } from '../../src/lib/base/errors.ts';
import { CHANGES } from '../../src/lib/photo/changes/changes.ts';
import { nodeBackend, required, typedPath, wholeNumber } from './cli.ts';
import { MEASURES } from './measures.ts';
import { REMOVALS } from './removals.ts';

const USAGE =
	'npm run eval -- --model DIR --photos DIR [--backend wasm|cpu] [--edit FILE.json] [--edits FOLDER] [--change NAME]... [--remove NAME]... [--measure NAME]... [--set NAME]... [--limit N] [--seed N]';

/** Names that an option may have several of; `all` is each of them. */
const NAMES = {
	change: CHANGES.map(({ name }) => name),
	remove: REMOVALS.map(({ name }) => name),
	measure: MEASURES.map(({ name }) => name)
};

export interface EvalOptions {
	/** Folders, absolute. */
	readonly model: string;
	readonly photos: string;
	readonly backend: 'wasm' | 'cpu';
	/** A file of edits, as typed. */
	readonly edit: string | undefined;
	/** A folder of such files, as typed. */
	readonly edits: string | undefined;
	/** Names of changes, removals and measures. */
	readonly changes: readonly string[];
	readonly removals: readonly string[];
	readonly measures: readonly string[];
	/** The sets to take; empty for all. */
	readonly sets: readonly string[];
	/** How many photos of each set, from the first on. */
	readonly limit: number;
	/** What all that is random depends on. */
	readonly seed: number;
}

/**
 * @param args of the command line, without the program
 * @throws PatchworkError `request` that shows the usage, or the names that there are
 */
export function evalOptions(args: readonly string[]): EvalOptions {
	const several = { type: 'string', multiple: true, default: [] as string[] } as const;
	const { values } = parseArgs({
		args: [...args],
		options: {
			model: { type: 'string' },
			photos: { type: 'string' },
			backend: { type: 'string', default: 'wasm' },
			edit: { type: 'string' },
			edits: { type: 'string' },
			change: several,
			remove: several,
			measure: several,
			set: several,
			limit: { type: 'string' },
			seed: { type: 'string', default: '1' }
		}
	});
	const options = {
		photos: typedPath(required(values.photos, 'photos', USAGE)),
		model: typedPath(required(values.model, 'model', USAGE)),
		backend: nodeBackend(values.backend, USAGE),
		edit: values.edit,
		edits: values.edits,
		changes: named('change', values.change),
		removals: named('remove', values.remove),
		measures: named('measure', values.measure),
		sets: values.set,
		limit: values.limit === undefined ? Infinity : wholeNumber('limit', values.limit, 1, USAGE),
		seed: wholeNumber('seed', values.seed, 0, USAGE)
	};
	if (options.edit !== undefined && isTable(options))
		throw usage('--edit scores one list of edits, and goes with no --edits, --change, --remove or --measure.');
	return options;
}

/** Whether several things are tried side by side. */
export function isTable({
	edits,
	changes,
	removals,
	measures
}: Pick<EvalOptions, 'edits' | 'changes' | 'removals' | 'measures'>): boolean {
	return edits !== undefined || [changes, removals, measures].some((names) => names.length > 0);
}

function named(option: keyof typeof NAMES, typed: readonly string[]): string[] {
	const known = NAMES[option];
	const unknown = typed.find((name) => name !== 'all' && !known.includes(name));
	if (unknown !== undefined) throw usage(`--${option} takes all, ${known.join(', ')}, and not "${unknown}".`);
	return typed.includes('all') ? known : [...new Set(typed)];
}

function usage(sentence: string): PatchworkError {
	return new PatchworkError('request', `${sentence} Usage: ${USAGE}`);
}
