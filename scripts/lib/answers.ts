import { PatchworkError } from '../../src/lib/base/errors.ts';
import { isRecord } from '../../src/lib/base/json.ts';

/** One photo of an `answers.json`. */
interface Answer {
	readonly file: string;
	/** The true class. */
	readonly label: number;
	/** The reference model's five likeliest classes with their probabilities. */
	readonly reference_top5?: readonly (readonly [index: number, probability: number])[];
	/** sha256 of the preprocessed crop's RGB bytes. */
	readonly crop_sha256?: string;
}

/** One set of an `answers.json`: the figures are the reference's, in [0, 1]. */
export interface AnswerSet {
	readonly top1?: number;
	readonly top5?: number;
	/** At least one. */
	readonly photos: readonly Answer[];
}

/**
 * The sets of an `answers.json`, by name; a file with one set has it at the top, and that one is called `photos`.
 * @param path what the file is called in messages
 * @throws PatchworkError `config` naming what is wrong, `request` if a set, or the file, lists no photos
 */
export function parseAnswers(text: string, path: string): [name: string, set: AnswerSet][] {
	const answers = parseFile(text, path);
	if ('photos' in answers) return [['photos', checkSet(answers, 'photos', path)]];
	// Beside its sets, a file may say in words what it is about.
	const sets = Object.entries(answers).filter(([, set]) => isRecord(set) && 'photos' in set);
	if (sets.length === 0) throw new PatchworkError('request', `${path} lists no photos: name at least one.`);
	return sets.map(([name, set]) => [name, checkSet(set, name, path)]);
}

function parseFile(text: string, path: string): Record<string, unknown> {
	try {
		const answers: unknown = JSON.parse(text);
		if (isRecord(answers)) return answers;
	} catch {
		// Said below.
	}
	throw bad(path, 'it is not a JSON object');
}

function checkSet(set: unknown, name: string, path: string): AnswerSet {
	if (!isRecord(set) || !Array.isArray(set['photos'])) throw bad(path, `"${name}" has no list of photos`);
	const photos: unknown[] = set['photos'];
	if (photos.length === 0)
		throw new PatchworkError('request', `${path} lists no photos in "${name}": name at least one.`);
	const damaged = photos.findIndex((photo) => !isAnswer(photo));
	if (damaged !== -1) throw bad(path, `photo ${damaged + 1} of "${name}" needs a file and the number of its class`);
	if (!isAnswerSet(set)) throw bad(path, `top1 and top5 of "${name}" are rates in 0 to 1`);
	return set;
}

/** Whether the figures are any; the photos have been looked at. */
function isAnswerSet(set: Record<string, unknown>): set is Record<string, unknown> & AnswerSet {
	return ['top1', 'top5'].every((key) => set[key] === undefined || isRate(set[key]));
}

function isRate(value: unknown): boolean {
	return typeof value === 'number' && value >= 0 && value <= 1;
}

function isAnswer(photo: unknown): photo is Answer {
	if (!isRecord(photo)) return false;
	const { file, label, reference_top5: top5 = [], crop_sha256: hash = '' } = photo;
	const named = typeof file === 'string' && Number.isInteger(label) && typeof hash === 'string';
	return named && Array.isArray(top5) && top5.every((entry) => Array.isArray(entry) && Number.isInteger(entry[0]));
}

function bad(path: string, what: string): PatchworkError {
	return new PatchworkError('config', `${path} cannot be used: ${what}.`);
}
