import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rest } from './rest';
import { deferred } from './testing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG = 60_000;

/** Whether it has come by now. */
function watch(rest: Rest): () => boolean {
	let come = false;
	void rest.come().then(() => (come = true));
	return () => come;
}

describe('rest', () => {
	it('comes where nothing is asked for, though not at once', async () => {
		const come = watch(new Rest());
		await vi.advanceTimersByTimeAsync(1);
		expect(come()).toBe(false);
		await vi.advanceTimersByTimeAsync(LONG);
		expect(come()).toBe(true);
	});

	it('does not come while anything is under way, however long that takes', async () => {
		const rest = new Rest();
		const [one, other] = [deferred<number>(), deferred<number>()];
		const work = rest.during(() => one.promise);
		const failing = rest.during(() => other.promise).catch((error: unknown) => error);
		const come = watch(rest);
		one.resolve(7);
		expect(await work).toBe(7);
		await vi.advanceTimersByTimeAsync(LONG);
		expect(come()).toBe(false);
		other.reject(new Error('no'));
		expect(await failing).toEqual(new Error('no'));
		await vi.advanceTimersByTimeAsync(LONG);
		expect(come()).toBe(true);
	});

	it('comes where a slow machine always has something to draw', async () => {
		const busy = (done: () => void, { timeout }: IdleRequestOptions = {}) => timeout && setTimeout(done, timeout);
		vi.stubGlobal('requestIdleCallback', busy);
		const come = watch(new Rest());
		await vi.advanceTimersByTimeAsync(LONG);
		vi.unstubAllGlobals();
		expect(come()).toBe(true);
	});

	it('does not come between two pieces of work that follow each other', async () => {
		const rest = new Rest();
		const come = watch(rest);
		for (let piece = 0; piece < 20; piece++) {
			await rest.during(() => Promise.resolve());
			await vi.advanceTimersByTimeAsync(300);
		}
		expect(come()).toBe(false);
	});
});
