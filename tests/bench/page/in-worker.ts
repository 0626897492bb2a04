import { openIn } from './asking';
import type { Engines, EnginesRequest } from './measure';

/** Engines in a worker of their own, where the site has them: the page's own thread may not wait for others. */
export function openInWorker(request: EnginesRequest): Promise<Engines> {
	const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
	return openIn<Engines>(worker, request, ['about', 'ours', 'ort', 'transformers', 'difference', 'shareInKernels']);
}
