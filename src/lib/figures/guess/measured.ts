import { MEASURED, type QuestionId } from './names';
import recorded from './measured.json';

/** One number that was measured over many photos. */
export interface Value {
	/** A share in [0, 1], a number of times, or pixels. */
	readonly value: number;
	readonly unit: 'share' | 'times' | 'px';
	/** How many photos it is of. */
	readonly photos: number;
	/** When it was measured, and by which command: `2026-11-29`. */
	readonly date: string;
	readonly command: string;
}

/** What `npm run guess` writes. */
export interface Recorded {
	/** What the model is called. */
	readonly model: string;
	/** By what `npm run eval` calls it. */
	readonly values: { readonly [name: string]: Value };
}

/** The JSON's strings are checked by the test beside this. */
export const RECORD = recorded as Recorded;

/** @throws Error for what was not measured */
export function measured(name: string): Value {
	const value = RECORD.values[name];
	if (!value) throw new Error(`'${name}' was not measured: run npm run guess.`);
	return value;
}

/** What answers a question. */
export const answerTo = (id: QuestionId): Value => measured(MEASURED[id]);

/** A share in percent as it stands in a sentence: `6.4 %`. Other units with theirs. */
export function written(name: string): string {
	const { value, unit } = measured(name);
	if (unit === 'share') return `${(100 * value).toFixed(1)} %`;
	return unit === 'px' ? `${value.toFixed(0)} px` : `${value.toFixed(0)} times`;
}

/** How many points a guess lies above what was measured; below it is negative. @param guess in percent */
export const offBy = (id: QuestionId, guess: number): number => guess - 100 * answerTo(id).value;

/** What counts as right, in points. */
export const NEAR = 10;

export const isNear = (id: QuestionId, guess: number): boolean => Math.abs(offBy(id, guess)) <= NEAR;
