import type { Pause } from './eigen';

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
		await new Promise((resolve) => setTimeout(resolve));
		since = performance.now();
	};
}
