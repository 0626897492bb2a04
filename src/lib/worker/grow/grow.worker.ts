import { startBackend } from '../../engine/backends/start';
import { Grower } from './grower';
import type { FromGrower, ToGrower } from './protocol';

const scope = self as DedicatedWorkerGlobalScope;
let backend: Promise<string> | null = null;

/** WebAssembly; plain JavaScript where that does not start. The graphics card is left to the model that is looked at. */
function start(): Promise<string> {
	backend ??= startBackend('wasm')
		.catch(() => startBackend('cpu'))
		.then(({ name }) => name);
	return backend;
}

const grower = new Grower((message: FromGrower) => scope.postMessage(message), start);
scope.onmessage = ({ data }: MessageEvent<ToGrower>) => grower.receive(data);
