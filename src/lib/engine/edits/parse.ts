import { currentTap } from '../../base/renames';
import { PatchworkError } from '../../base/errors';
import { isRecord } from '../../base/json';
import type { Deed, Edit } from './edit';

/** What a value of a key has to be, in words and as a test. */
interface Kind {
	readonly is: (value: unknown) => boolean;
	readonly words: string;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isIndex = (value: unknown) => isNumber(value) && Number.isInteger(value) && value >= 0;
const listOf = (test: (value: unknown) => boolean) => (value: unknown) =>
	Array.isArray(value) && value.length > 0 && value.every(test);

const isRange = (value: unknown) =>
	Array.isArray(value) && value.length === 2 && value.every(isIndex) && Number(value[0]) <= Number(value[1]);
const hasKeys = (value: Record<string, unknown>, needed: readonly string[], others: readonly string[] = []) =>
	needed.every((key) => key in value) && Object.keys(value).every((key) => [...needed, ...others].includes(key));

const WORDS = ['all', 'cls', 'distillation', 'registers', 'patches'];

function isTokenChoice(value: unknown): boolean {
	if (isIndex(value) || (typeof value === 'string' && WORDS.includes(value))) return true;
	if (!isRecord(value)) return false;
	if ('top' in value) {
		const { top, of, head } = value;
		const isTop = isIndex(top) && top !== 0 && typeof of === 'string' && (head === undefined || isIndex(head));
		return isTop && hasKeys(value, ['top', 'of'], ['head']);
	}
	return isRange(value['rows']) && isRange(value['columns']) && hasKeys(value, ['rows', 'columns']);
}

const INDICES: Kind = {
	is: (value) => isIndex(value) || listOf(isIndex)(value),
	words: 'a whole number from 0, or a list of such'
};
const TOKENS: Kind = {
	is: (value) => isTokenChoice(value) || listOf(isTokenChoice)(value),
	words: `a token’s number, ${WORDS.map((word) => `"${word}"`).join(', ')}, {"rows": [first, last], "columns": [first, last]}, {"top": k, "of": tap}, or a list of such`
};
const NUMBER: Kind = { is: isNumber, words: 'a number' };
const NUMBERS: Kind = {
	is: (value) => isNumber(value) || listOf(isNumber)(value),
	words: 'a number or a list of numbers'
};
const TEXT: Kind = { is: (value) => typeof value === 'string' && value !== '', words: 'a name' };
const RUN: Kind = { is: (value) => TEXT.is(value) || isIndex(value), words: 'a run’s name or number' };
const SOURCE: Kind = {
	is: (value) =>
		isRecord(value) &&
		hasKeys(value, [], ['tap', 'tokens', 'head']) &&
		(value['tap'] === undefined || TEXT.is(value['tap'])) &&
		(value['tokens'] === undefined || TOKENS.is(value['tokens'])) &&
		(value['head'] === undefined || INDICES.is(value['head'])),
	words: 'an object with "tap", "tokens" or "head"'
};

const PART: Readonly<Record<string, Kind>> = {
	head: INDICES,
	tokens: TOKENS,
	queries: TOKENS,
	keys: TOKENS,
	channels: INDICES
};

/** What each `do` has to say, and what it may. */
const DEEDS: Readonly<Record<Deed, { needs?: Record<string, Kind>; may?: Record<string, Kind> }>> = {
	zero: { may: PART },
	scale: { needs: { by: NUMBER }, may: PART },
	set: { needs: { to: NUMBERS }, may: PART },
	add: { needs: { value: NUMBERS }, may: PART },
	mean: {
		needs: {
			over: {
				is: (value) => ['tokens', 'heads', 'photos'].includes(String(value)),
				words: '"tokens", "heads" or "photos"'
			}
		},
		may: {
			...PART,
			of: SOURCE,
			runs: { is: listOf(RUN.is), words: 'a list of names or numbers of runs' }
		}
	},
	uniform: { may: PART },
	permute: {
		needs: { order: { is: listOf(isIndex), words: 'a list of whole numbers from 0' } },
		may: { tokens: TOKENS }
	},
	keep: { needs: { tokens: TOKENS } },
	skip: {},
	replace: { needs: { run: RUN }, may: PART }
};

const isDeed = (value: unknown): value is Deed => typeof value === 'string' && Object.hasOwn(DEEDS, value);

/**
 * Edits as a file or a link has them; taps may have the names of before. What they mean to a certain model, `plan.ts` says.
 * @throws PatchworkError `request` that names the edit (counted from 1) and the key that is wrong, missing or unknown
 */
export function parseEdits(json: unknown): Edit[] {
	if (!Array.isArray(json)) throw wrong('Edits are a list: write [ ... ], with one object an edit.');
	return json.map((given: unknown, i) => {
		const one = underTodaysNames(given);
		check(one, `Edit ${i + 1}`);
		return one as Edit;
	});
}

/** A part of an edit with the taps that it names as they are called today. */
function underTodaysNames(part: unknown, key?: string): unknown {
	if (typeof part === 'string') return key === 'tap' || key === 'of' ? currentTap(part) : part;
	if (Array.isArray(part)) return part.map((item) => underTodaysNames(item));
	if (!isRecord(part)) return part;
	return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, underTodaysNames(value, name)]));
}

function check(one: unknown, which: string): void {
	if (!isRecord(one)) throw wrong(`${which} is no object: write {"tap": ..., "do": ...}.`);
	const { tap, do: deed } = one;
	if (!TEXT.is(tap)) throw wrong(`${which} does not say which tap it changes: add "tap".`);
	if (!isDeed(deed)) {
		const known = Object.keys(DEEDS).map((name) => `"${name}"`);
		throw wrong(`${which} does not say what to do: "do" is one of ${known.join(', ')}.`);
	}
	const { needs = {}, may = {} } = DEEDS[deed];
	for (const [key, { words }] of Object.entries(needs)) {
		if (!(key in one)) throw wrong(`${which} lacks "${key}", which "${deed}" needs: ${words}.`);
	}
	for (const [key, value] of Object.entries(one)) {
		if (key === 'tap' || key === 'do') continue;
		const kind = needs[key] ?? may[key];
		if (!kind) throw wrong(`${which} says "${key}", which "${deed}" has no use for: leave it out.`);
		if (!kind.is(value))
			throw wrong(`${which} says "${key}": ${JSON.stringify(value)}, and it has to be ${kind.words}.`);
	}
	if (deed !== 'mean') return;
	const ofPhotos = one['over'] === 'photos';
	if (ofPhotos && !('runs' in one)) throw wrong(`${which} lacks "runs", the runs whose mean it takes.`);
	const idle = ofPhotos ? 'of' : 'runs';
	if (idle in one)
		throw wrong(`${which} says "${idle}", which a mean over ${String(one['over'])} has no use for: leave it out.`);
}

function wrong(sentence: string): PatchworkError {
	return new PatchworkError('request', sentence);
}
