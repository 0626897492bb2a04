import { firstModel, type First } from '../models/first';
import { firstPhoto, type FirstPhoto } from '../photo/first';
import type { FromHead, ToWorker } from './protocol';

type Said = ToWorker | FromHead;

/**
 * What the head of a page asks of the worker that it begins, see `scripts/lib/starter.js`.
 * @param name the worker's own: there is no quicker way, as a message waits until the page is laid out
 */
export function saidByHead(name: string): Said[] {
	const asked = new URLSearchParams(name.split('?')[1]);
	const site = asked.get('site');
	const [sample, photo] = [asked.get('sample'), asked.get('photo')];
	return [
		...(asked.has('start') ? [{ id: 0, kind: 'start', params: { force: null } } as const] : []),
		...(site === null ? [] : [{ kind: 'ahead', site, sample, photo } as const])
	];
}

/**
 * The model that is wanted soon, its files on their way; null where none is. They are asked for once the script that calls
 * this has run: where the browser's tools are open, they note where each request came from, and read a script that is still
 * running once more for that.
 */
export function beginFirst(said: readonly Said[]): Promise<First | null> | null {
	const ahead = aheadIn(said);
	return ahead && begin(() => firstModel(ahead.site));
}

/** The sample that it is to run on first, likewise. */
export function beginPhoto(said: readonly Said[]): Promise<FirstPhoto | null> | null {
	const ahead = aheadIn(said);
	if (!ahead) return null;
	const { site, sample, photo } = ahead;
	return sample === null ? null : begin(() => firstPhoto(site, sample, photo));
}

const aheadIn = (said: readonly Said[]) => said.find((message) => message.kind === 'ahead') ?? null;

function begin<T>(work: () => Promise<T>): Promise<T> {
	const begun = Promise.resolve().then(work);
	// Whoever serves is told why it failed.
	begun.catch(() => undefined);
	return begun;
}
