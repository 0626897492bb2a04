import { attend } from '../../base/lifeline';
import type { FromGrower, ToGrower } from './protocol';

/** A worker in which one network grows. */
export interface GrowWorker {
	post(message: ToGrower): void;
	close(): void;
}

/** Starts one. @param receive what it says; a worker that breaks down says that it failed */
export function growWorker(name: string, receive: (message: FromGrower) => void): GrowWorker {
	const worker = new Worker(new URL('./grow.worker.ts', import.meta.url), { type: 'module', name });
	const close = attend(worker, receive, () =>
		receive({
			run: null,
			kind: 'failed',
			code: 'backend',
			message:
				'Training broke down, perhaps for lack of memory; try again, and it goes on from the last step that was kept.'
		})
	);
	return { post: (message) => worker.postMessage(message), close };
}
