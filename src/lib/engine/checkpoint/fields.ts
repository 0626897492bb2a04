import { PatchworkError } from '../../base/errors';

/** The shape of a tensor in the weights file, or undefined if it is not there. */
export type ShapeOf = (name: string) => readonly number[] | undefined;

export type Json = Record<string, unknown>;

/** A `config.json` that this engine can't run, with what is the matter: `has …`, `asks for …`. */
export function bad(what: string): PatchworkError {
	return new PatchworkError('config', `config.json ${what}, so this model can’t run here. Choose another model.`);
}

/** Makes the error for a key that can't be followed. @param why what the value is or is not: `which is no …` */
export type Unfit = (key: string, value: unknown, why: string) => PatchworkError;

/** The one of `config.json`. */
const unfit: Unfit = (key, value, why) => bad(`has '${key}' = ${inJson(value)}, ${why}`);

/** @throws PatchworkError naming the key when it is no positive number */
export function positive(value: unknown, key: string): number {
	if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value;
	throw unfit(key, value, 'which is no positive number');
}

/** @param no makes the error, by default that of `config.json` @throws PatchworkError naming the key */
export function positiveInteger(value: unknown, key: string, no = unfit): number {
	if (typeof value === 'number' && value > 0 && Number.isSafeInteger(value)) return value;
	throw no(key, value, 'which is no positive integer');
}

/** Height and width: one number for both, or two. @throws PatchworkError naming the key */
export function pair(value: unknown, key: string, no = unfit): [height: number, width: number] {
	const [height, width] = Array.isArray(value) ? (value as unknown[]) : [value, value];
	return [positiveInteger(height, key, no), positiveInteger(width, key, no)];
}

/** One number a channel: three, or one for all. @throws PatchworkError `config` naming the field */
export function triple(value: unknown, name: string): [number, number, number] {
	const values: unknown[] = Array.isArray(value) ? value : [value, value, value];
	if (values.length === 3 && values.every((v) => typeof v === 'number' && Number.isFinite(v)))
		return values as [number, number, number];
	throw bad(`has '${name}' = ${inJson(value)}, which is not three numbers`);
}

/** Numbers to divide by, in single precision. @throws PatchworkError `config` naming the field */
export function divisors<T extends readonly number[]>(values: T, name: string): T {
	if (values.every((value) => Math.fround(value) !== 0)) return values;
	throw bad(`has '${name}' = ${inJson(values)}, which one can’t divide by`);
}

/** The longest value that is quoted in a sentence, in characters. */
const LONGEST = 60;

/** A value as the file has it, cut short where it is long. */
export function inJson(value: unknown): string {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A name that the file gives, in quotes, cut short where it is long. */
export function quoted(value: unknown): string {
	return typeof value === 'string' ? `'${JSON.stringify(value.slice(0, LONGEST)).slice(1, -1)}'` : inJson(value);
}

/** The shape of a weight that must be there. @throws PatchworkError `checkpoint` when it is not, or has other axes */
export function shapeWithAxes(shapeOf: ShapeOf, name: string, rank: number): readonly number[] {
	const found = shapeOf(name);
	if (found?.length === rank) return found;
	const what = found ? `has the shape [${found.join(', ')}], which has not ${rank} axes` : 'is missing';
	throw new PatchworkError(
		'checkpoint',
		`The weight '${name}' ${what}, and this model can’t run without it. Choose another model.`
	);
}
