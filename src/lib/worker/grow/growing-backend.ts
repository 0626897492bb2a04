import type { StartBackend } from '../backend-keeper';

/**
 * What networks grow on: WebAssembly, and plain JavaScript where that does not start. The graphics card is left to the
 * model that is looked at.
 * @param threads to try first; when they are lost, whatever begins next does so on one
 * @returns starts it where it does not run, and gives its name
 */
export function growingBackend(start: StartBackend, threads: number): () => Promise<string> {
	let most = threads;
	let running: Promise<string> | null = null;
	const begin = async (): Promise<string> => {
		const backend = await start('wasm', most)
			.catch(() => start('wasm'))
			.catch(() => start('cpu'));
		void backend.lost.then(() => {
			most = 1;
			running = null;
			backend.stop();
		});
		return backend.name;
	};
	return () => (running ??= begin());
}
