/**
 * How a page hears that a worker of its own is gone. One that the browser ends, or that ends itself, says nothing, and no
 * event tells of it. But a lock of the Web Locks API is given back when its holder is gone, however that went: the worker
 * holds one as long as it lives, and the page waits for it. Where there are no locks (a page without https, a frame
 * without an origin) only the worker's `error` event is heard.
 */

/** The worker lives, and holds this lock. */
interface Alive {
	readonly kind: 'alive';
	readonly lock: string;
}

const locks = (): LockManager | undefined => globalThis.navigator?.locks;

/** In a worker, once: it holds a lock of its own from now on, and tells the page which. */
export async function holdLifeline(scope: Pick<DedicatedWorkerGlobalScope, 'postMessage'>): Promise<void> {
	const manager = locks();
	if (!manager) return;
	// Other tabs have workers, too. There are unique names wherever there are locks.
	const lock = `patchwork-${crypto.randomUUID()}`;
	const hold = () => {
		scope.postMessage({ kind: 'alive', lock } satisfies Alive);
		return new Promise<never>(() => undefined);
	};
	// Nobody may ask for locks in a frame without an origin.
	await manager.request(lock, hold).catch(() => undefined);
}

/**
 * On the page: takes what a worker says, and hears once that it is gone, or has thrown what nobody caught: such a one may
 * live on, but not as it should, and is ended.
 * @param alive what the worker has said of its life, if somebody else heard that
 * @returns ends the worker, of which nothing is heard any more
 */
export function attend<Message>(
	worker: Worker,
	receive: (message: Message) => void,
	gone: () => void,
	alive?: unknown
): () => void {
	const watch = new AbortController();
	const end = () => {
		watch.abort();
		worker.onmessage = worker.onerror = null;
		worker.terminate();
	};
	const lose = () => {
		if (watch.signal.aborted) return;
		end();
		gone();
	};
	worker.onerror = lose;
	const follow = ({ lock }: Alive) => void watchOver(lock, watch.signal).then(lose, () => undefined);
	worker.onmessage = ({ data }: MessageEvent<Message | Alive>) => (isAlive(data) ? follow(data) : receive(data));
	if (isAlive(alive)) follow(alive);
	return end;
}

/** Comes when whoever holds a lock is gone. Rejects where the watch ends, and where nothing can be said. */
async function watchOver(lock: string, signal: AbortSignal): Promise<void> {
	const manager = locks();
	const { held = [] } = (await manager?.query()) ?? {};
	// A page whose storage the browser has cleared no longer sees the locks of workers that it starts: all look free.
	if (!held.some(({ name }) => name === lock)) throw new Error('The lock cannot be seen from here.');
	await manager?.request(lock, { signal }, () => undefined);
}

const isAlive = (message: unknown): message is Alive =>
	typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'alive';
