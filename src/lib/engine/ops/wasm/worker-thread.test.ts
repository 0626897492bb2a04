import { afterEach, expect, it, vi } from 'vitest';
import type { ThreadStart } from './job';
import { kernelBytes } from './module';
import { startWorkerThread, type FromThread } from './worker-thread';

afterEach(() => void vi.unstubAllGlobals());

const start = async (): Promise<ThreadStart> => ({
	module: await WebAssembly.compile(kernelBytes('simd')),
	memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
	control: new SharedArrayBuffer(1024),
	kernels: [],
	thread: 1
});

it('a thread that cannot start says why at once, and is ended', async () => {
	let ended = 0;
	const answers: FromThread = { error: 'LinkError: no' };
	class Broken {
		onmessage: ((event: { data: FromThread }) => void) | null = null;
		postMessage = () => queueMicrotask(() => this.onmessage?.({ data: answers }));
		terminate = () => void ended++;
	}
	vi.stubGlobal('Worker', Broken);
	await expect(startWorkerThread(await start())).rejects.toThrow('a thread did not start (LinkError: no)');
	expect(ended).toBe(1);
});

it('what a thread runs says that it cannot start', async () => {
	const said: FromThread[] = [];
	const scope = {
		onmessage: (() => undefined) as (event: { data: ThreadStart }) => void,
		postMessage: (message: FromThread) => said.push(message)
	};
	vi.stubGlobal('self', scope);
	await import('./pool.worker');
	// These kernels want a memory that is not shared.
	scope.onmessage({ data: await start() });
	await vi.waitFor(() => expect(said).toEqual([{ error: expect.stringMatching(/LinkError/) }]));
});
