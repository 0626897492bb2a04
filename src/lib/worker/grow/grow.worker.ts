import { startBackend } from '../../engine/backends/start';
import { Grower } from './grower';
import type { FromGrower, ToGrower } from './protocol';

const scope = self as DedicatedWorkerGlobalScope;
let backend: Promise<string> | null = null;

/** Half of the cores are left to the page and to the model that is looked at. */
const threads = Math.min(navigator.hardwareConcurrency >> 1, 4);

/** WebAssembly; plain JavaScript where that does not start. The graphics card is left to the model that is looked at. */
function start(): Promise<string> {
	backend ??= startBackend('wasm', threads)
		.catch(() => startBackend('wasm'))
		.catch(() => startBackend('cpu'))
		.then(({ name }) => name);
	return backend;
}

const grower = new Grower((message: FromGrower) => scope.postMessage(message), start);
scope.onmessage = ({ data }: MessageEvent<ToGrower>) => grower.receive(data);
