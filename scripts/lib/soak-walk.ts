import { uniform } from '../../src/lib/base/shuffled.ts';

const FORMATS = ['png', 'jpeg', 'webp', 'gif'] as const;
/** Files that are refused, and `tests/e2e/soak/photos.ts` makes. */
export const BAD = ['text', 'empty', 'damaged', 'cut', 'huge', 'strip'] as const;
const MODELS = ['patchwork-t', 'patchwork-c'] as const;
const PAGES = ['Learn', 'Compare', 'Models', 'Train'] as const;
const CHANGES = ['Pass a block by', 'Take the positions away', 'Silence a head', 'Hide the registers'] as const;

export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly format: (typeof FORMATS)[number];
	/** In degrees, by which its colours are turned. */
	readonly hue: number;
}

/** One thing that a reader does, as plain data, so that a failure can say what it was. */
export type SoakStep =
	/** @property check whether the answer is compared with that of the cpu backend */
	| { readonly do: 'photo'; readonly picture: Picture; readonly check: boolean }
	| { readonly do: 'bad'; readonly kind: (typeof BAD)[number] }
	| { readonly do: 'model'; readonly id: (typeof MODELS)[number] }
	/** Goes to another page and back. */
	| { readonly do: 'page'; readonly name: (typeof PAGES)[number] }
	/** Changes the model on the page of experiments, and comes back; the first change of these that the model offers. */
	| { readonly do: 'edit'; readonly changes: readonly string[] }
	/** Loses what the backend computes with; another takes over. */
	| { readonly do: 'lose' };

/** What is done in one load of the page. */
export interface SoakLeg {
	readonly backend: 'wasm' | 'webgl' | 'cpu';
	readonly steps: readonly SoakStep[];
}

/** Photos, good and bad, in the longest leg; whoever opens more has the page loaded anew. */
const LONGEST = 40;
/** Of the answers, one in so many is checked. */
const CHECKED = 20;

/** Everything once: what a page makes once is there after it, so that what is counted later does not grow by it. */
export const EVERYTHING: readonly SoakStep[] = [
	{ do: 'edit', changes: CHANGES },
	...PAGES.map((name) => ({ do: 'page', name }) as const),
	{ do: 'model', id: 'patchwork-c' },
	{ do: 'bad', kind: 'damaged' },
	{ do: 'model', id: 'patchwork-t' }
];

/**
 * What a soak does, by its seed alone.
 * @param photos how many are brought, good and bad ones together
 */
export function soakWalk(seed: number, photos: number): SoakLeg[] {
	const next = uniform(seed);
	const legs: SoakLeg[] = [];
	for (let done = 0; done < photos;) {
		const count = Math.min(photos - done, 5 + Math.floor(next() * (LONGEST - 4)));
		legs.push(leg(next, done, count));
		done += count;
	}
	return legs;
}

function leg(next: () => number, before: number, photos: number): SoakLeg {
	const place = next();
	// On plain JavaScript a photo takes seconds: a few of them do.
	const backend = place < 0.6 || photos > 12 ? (place < 0.35 ? 'webgl' : 'wasm') : 'cpu';
	const steps: SoakStep[] = [];
	for (let i = 0; i < photos; i++) {
		const check = (before + i) % CHECKED === 3;
		steps.push(check || next() > 0.2 ? { do: 'photo', picture: picture(next), check } : bad(next));
		if (next() < 0.5) steps.push(between(next));
	}
	if (backend === 'webgl' && next() < 0.3) steps.splice(Math.floor(next() * steps.length), 0, { do: 'lose' });
	return { backend, steps };
}

function picture(next: () => number): Picture {
	const side = () => Math.round(16 * 2 ** (next() * 7));
	const width = side();
	// One side may be twenty times the other, and no more.
	const height = Math.min(20 * width, Math.max(Math.ceil(width / 20), side()));
	return { width, height, format: one(FORMATS, next), hue: Math.floor(next() * 360) };
}

const bad = (next: () => number): SoakStep => ({ do: 'bad', kind: one(BAD, next) });

function between(next: () => number): SoakStep {
	const kind = next();
	if (kind < 0.4) return { do: 'model', id: one(MODELS, next) };
	if (kind < 0.7) return { do: 'page', name: one(PAGES, next) };
	const first = Math.floor(next() * CHANGES.length);
	return { do: 'edit', changes: [...CHANGES.slice(first), ...CHANGES.slice(0, first)] };
}

function one<T>(list: readonly T[], next: () => number): T {
	return list[Math.floor(next() * list.length)] as T;
}
