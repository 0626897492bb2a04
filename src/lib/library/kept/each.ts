import { toPatchworkError } from '../../base/errors';
import { isBusy } from '../../models/shelf-opfs';
import type { KeptThing } from './kept-things';

/** Something that the browser did not let go of, and why, in a sentence. */
export interface Stayed {
	readonly thing: KeptThing;
	readonly why: string;
}

const BUSY = 'A model is still being written: cancel its download, in whichever tab that is, and try again.';
const REFUSED = 'This browser did not let go of it: close other tabs of this site and try again, or clear its data.';

/** Does each by itself, so that one that refuses keeps no other from it. Gives those that did, in their order. */
export async function forgetEach(
	things: readonly KeptThing[],
	forget: (thing: KeptThing) => Promise<void>
): Promise<readonly Stayed[]> {
	const stayed: Stayed[] = [];
	for (const thing of things) {
		try {
			await forget(thing);
		} catch (error) {
			const { message } = toPatchworkError(error, 'storage', isBusy(error) ? BUSY : REFUSED);
			stayed.push({ thing, why: message });
		}
	}
	return stayed;
}

/** Does all of several works, whichever of them fail. @throws what the first that failed did */
export async function allOf(works: readonly (() => void | Promise<void>)[]): Promise<void> {
	const failed: unknown[] = [];
	for (const work of works) {
		try {
			await work();
		} catch (error) {
			failed.push(error);
		}
	}
	if (failed.length > 0) throw failed[0];
}

/** What the page says once things were to be forgotten. */
export function outcome(
	things: readonly KeptThing[],
	stayed: readonly Stayed[]
): { readonly kind: 'info' | 'error'; readonly message: string } {
	if (stayed.length === 0) {
		const message = things.length === 1 ? `Forgotten: ${things[0]?.title}.` : 'All of it is forgotten.';
		return { kind: 'info', message };
	}
	const left = stayed.map(({ thing: { title }, why }) => `Not forgotten: ${title}. ${why}`);
	const rest = stayed.length < things.length ? ['All else is forgotten.'] : [];
	return { kind: 'error', message: [...left, ...rest].join(' ') };
}
