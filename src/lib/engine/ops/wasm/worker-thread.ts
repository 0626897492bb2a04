import type { StartThread } from './pool';

/** That a thread waits for jobs, or why it does not. */
export interface FromThread {
	readonly error: string | null;
}

/** A worker that does not answer for so long at its start never will. */
const DEADLINE_MS = 5000;

/** A thread of a pool, as a worker inside the engine's. @throws Error where it does not start */
export const startWorkerThread: StartThread = (start) =>
	new Promise((resolve, reject) => {
		const name = `patchwork-thread-${start.thread}`;
		const worker = new Worker(new URL('./pool.worker.ts', import.meta.url), { type: 'module', name });
		const fail = (why: string) => {
			clearTimeout(late);
			worker.terminate();
			reject(new Error(why));
		};
		const late = setTimeout(() => fail('a thread did not start in time'), DEADLINE_MS);
		worker.onerror = (event) => {
			// It is told by rejecting; else the page would take it for an end of the whole engine.
			event.preventDefault();
			fail('a thread did not start');
		};
		worker.onmessage = ({ data: { error } }: MessageEvent<FromThread>) => {
			if (error !== null) return fail(`a thread did not start (${error})`);
			clearTimeout(late);
			resolve({ end: () => worker.terminate() });
		};
		worker.postMessage(start);
	});
