import { resolve } from 'node:path';
import { PatchworkError } from '../../src/lib/base/errors.ts';

/** Runs a command; an error that is meant for people is printed as its sentence, and the command fails. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
	try {
		await main();
	} catch (error) {
		if (!isForPeople(error)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}

/** Our own errors, wrong options (`parseArgs`) and missing files; anything else is a bug and keeps its stack. */
function isForPeople(error: unknown): error is Error {
	if (error instanceof PatchworkError) return true;
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return code.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT' || code === 'EISDIR';
}

/** The backend that `--backend` names. @throws PatchworkError that shows the usage for one that Node does not have */
export function nodeBackend(name: string, usage: string): 'wasm' | 'cpu' {
	if (name === 'wasm' || name === 'cpu') return name;
	throw new PatchworkError('request', `Node has the backends wasm and cpu, not "${name}". Usage: ${usage}`);
}

/** An option that must be given. @throws PatchworkError that shows the usage */
export function required(value: string | undefined, option: string, usage: string): string {
	if (value) return value;
	throw new PatchworkError('request', `Missing --${option}. Usage: ${usage}`);
}

/**
 * A path as it was typed: a relative one starts in the folder in which the command was given. npm runs its scripts in
 * the project's root, wherever that was, and says it in `INIT_CWD` (https://docs.npmjs.com/cli/commands/npm-run-script).
 * @returns an absolute path
 */
export function typedPath(path: string): string {
	return resolve(process.env['INIT_CWD'] ?? '', path);
}

/** A whole number that was typed. @throws PatchworkError `request` that shows the usage for what is none, or is too small */
export function wholeNumber(option: string, typed: string, least: number, usage: string): number {
	const value = typed === '' ? NaN : Number(typed);
	if (Number.isSafeInteger(value) && value >= least) return value;
	throw new PatchworkError('request', `--${option} takes a whole number of ${least} or more. Usage: ${usage}`);
}
