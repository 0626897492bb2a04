import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attend, holdLifeline } from './lifeline';
import { settle } from './testing';

/** Locks as a browser lends them: the next that waits gets one when its holder is gone. */
class Locks {
	readonly #queues = new Map<string, (() => void)[]>();

	async request(name: string, ...[a, b]: [() => unknown] | [{ signal: AbortSignal }, () => unknown]): Promise<unknown> {
		const [signal, granted] = typeof a === 'function' ? [null, a] : [a.signal, b as () => unknown];
		const queue = this.#queues.get(name) ?? [];
		this.#queues.set(name, queue);
		const turn = new Promise<void>((resolve, reject) => {
			queue.push(resolve);
			signal?.addEventListener('abort', () => reject(signal.reason as Error));
			if (queue.length === 1) resolve();
		});
		await turn;
		return granted();
	}

	async query(): Promise<LockManagerSnapshot> {
		return { held: [...this.#queues.keys()].map((name) => ({ name })) };
	}

	/** Whoever holds it is gone. */
	freeAll(): void {
		for (const queue of this.#queues.values()) queue[1]?.();
	}
}

let locks: Locks | undefined;
let worker: Worker & { terminate: ReturnType<typeof vi.fn> };
const receive = vi.fn();
const gone = vi.fn();

/** What the worker says to the page. */
const say = (data: unknown) => worker.onmessage?.({ data } as MessageEvent);

beforeEach(() => {
	vi.clearAllMocks();
	locks = new Locks();
	vi.stubGlobal('navigator', { locks });
	worker = { onmessage: null, onerror: null, terminate: vi.fn() } as unknown as typeof worker;
});
afterEach(() => vi.unstubAllGlobals());

describe('a worker that is attended to', () => {
	it('is heard, and as soon as it holds its lock no more is made of that', async () => {
		attend(worker, receive, gone);
		say('before');
		void holdLifeline({ postMessage: say });
		await settle();
		say({ kind: 'result' });
		expect(receive.mock.calls).toEqual([['before'], [{ kind: 'result' }]]);
		expect(gone).not.toHaveBeenCalled();
	});

	it('is missed, too, where somebody else heard that it lives', async () => {
		let alive: unknown;
		void holdLifeline({ postMessage: (said: unknown) => (alive = said) });
		await settle();
		attend(worker, receive, gone, alive);
		await settle();
		locks?.freeAll();
		await settle();
		expect(gone).toHaveBeenCalledOnce();
	});

	it('is missed once when it goes without a word', async () => {
		attend(worker, receive, gone);
		void holdLifeline({ postMessage: say });
		await settle();
		locks?.freeAll();
		await settle();
		worker.onerror?.(new ErrorEvent('error'));
		expect(gone).toHaveBeenCalledOnce();
	});

	it('is ended when it throws what nobody caught', () => {
		attend(worker, receive, gone);
		worker.onerror?.({} as ErrorEvent);
		expect(gone).toHaveBeenCalledOnce();
		expect(worker.terminate).toHaveBeenCalledOnce();
		expect(worker.onmessage).toBeNull();
	});

	it('is not missed by whoever has ended it', async () => {
		const end = attend(worker, receive, gone);
		void holdLifeline({ postMessage: say });
		await settle();
		end();
		locks?.freeAll();
		await settle();
		expect(worker.terminate).toHaveBeenCalledOnce();
		expect(gone).not.toHaveBeenCalled();
	});
});

const forbidden = () => Promise.reject(new DOMException('no', 'SecurityError'));

it.each([
	['there are no locks', {}],
	['the page sees none of the worker’s', { locks: { query: async () => ({}), request: async () => undefined } }],
	['nobody may ask for them', { locks: { query: forbidden, request: forbidden } }]
])('where %s all else goes on', async (_, navigator) => {
	vi.stubGlobal('navigator', navigator);
	attend(worker, receive, gone);
	await Promise.race([holdLifeline({ postMessage: say }), settle()]);
	say({ kind: 'alive', lock: 'x' });
	say('after');
	await settle();
	expect(receive.mock.calls).toEqual([['after']]);
	expect(gone).not.toHaveBeenCalled();
});
