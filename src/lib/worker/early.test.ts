import { afterEach, expect, it, vi } from 'vitest';
import { EngineClient } from './client';
import { takeEarly } from './early';

/** Counts the workers that are made, and answers nothing. */
class Silent {
	static made = 0;
	readonly postMessage = vi.fn();
	readonly terminate = vi.fn();

	constructor() {
		Silent.made++;
	}
}

const began = (failed = false) => {
	const worker = new Silent() as unknown as Worker;
	globalThis.patchworkEngine = { worker, failed, alive: null };
	Silent.made = 0;
	return worker;
};

afterEach(() => {
	globalThis.patchworkEngine = undefined;
	vi.unstubAllGlobals();
});

it('is taken by the first who asks, and by no other', () => {
	const worker = began();
	expect(takeEarly()?.worker).toBe(worker);
	expect(takeEarly()).toBeNull();
});

it('is not taken where it broke down', () => {
	began(true);
	expect(takeEarly()).toBeNull();
});

it('is the engine of the first client, which starts no second worker and ends this one', async () => {
	vi.stubGlobal('Worker', Silent);
	const worker = began();
	const client = new EngineClient();
	client.start().catch(() => undefined);
	expect(Silent.made).toBe(0);
	expect(worker.postMessage).toHaveBeenCalledWith(expect.objectContaining({ kind: 'start' }), []);
	client.dispose();
	await Promise.resolve();
	expect(worker.terminate).toHaveBeenCalledOnce();
	new EngineClient().dispose();
	expect(Silent.made).toBe(1);
});

it('is asked before whoever asks does anything else', () => {
	vi.stubGlobal('Worker', Silent);
	const worker = began();
	const client = new EngineClient();
	client.read(1, ['norm']).catch(() => undefined);
	expect(worker.postMessage).toHaveBeenCalledOnce();
	client.dispose();
});
