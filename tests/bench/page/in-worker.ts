import type { Answer, Question } from './bench.worker';
import type { Engines, EnginesRequest } from './measure';

/** Engines in a worker of their own, where the site has them: the page's own thread may not wait for others. */
export async function openInWorker(request: EnginesRequest): Promise<Engines> {
	const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
	const send = (question: Question) =>
		new Promise<unknown>((resolve, reject) => {
			worker.onerror = ({ message }) => reject(new Error(message));
			worker.onmessage = ({ data }: MessageEvent<Answer>) =>
				'error' in data ? reject(new Error(data.error)) : resolve(data.result);
			worker.postMessage(question);
		});
	await send({ open: request });
	const ask =
		<K extends keyof Engines>(what: K) =>
		() =>
			send({ ask: what }) as ReturnType<Engines[K]>;
	return {
		about: ask('about'),
		ours: ask('ours'),
		ort: ask('ort'),
		difference: ask('difference'),
		shareInKernels: ask('shareInKernels')
	};
}
