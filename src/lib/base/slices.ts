import { nextTask } from './next-task';

/** Called between slices of long work: may wait, so that the page can draw, or throw, to stop. */
export type Pause = () => Promise<void> | void;

/** Milliseconds of work after which the page is let draw and answer. */
const SLICE = 12;

/**
 * A pause for long work on the page's own thread: it waits only when the last one is {@link SLICE} milliseconds ago.
 * @param signal stops the work: the pause then throws what the signal was aborted with
 */
export function slices(signal?: AbortSignal): Pause {
	let since = performance.now();
	return async () => {
		signal?.throwIfAborted();
		if (performance.now() - since < SLICE) return;
		await nextTask();
		since = performance.now();
	};
}

/**
 * What comes of each item, one after the other, with pauses between them.
 * @throws what `take` or `pause` throws
 */
export async function inTurn<Item, Result>(
	items: readonly Item[],
	take: (item: Item) => Result | Promise<Result>,
	pause: Pause
): Promise<Result[]> {
	const results: Result[] = [];
	for (const item of items) {
		await pause();
		results.push(await take(item));
	}
	return results;
}

/**
 * Begins long work on the page's own thread. What it throws otherwise than by being stopped is nobody's to catch, and is
 * reported by the browser.
 * @param done given what came of it, unless it was stopped
 * @returns how to stop it, as an effect of Svelte wants
 */
export function inSlices<Result>(work: (pause: Pause) => Promise<Result>, done: (result: Result) => void): () => void {
	const stop = new AbortController();
	work(slices(stop.signal)).then(
		(result) => {
			if (!stop.signal.aborted) done(result);
		},
		(thrown: unknown) => {
			if (!stop.signal.aborted) throw thrown;
		}
	);
	return () => stop.abort();
}
