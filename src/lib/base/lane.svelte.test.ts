import { describe, expect, it } from 'vitest';
import { PatchworkError } from './errors';
import { Lane } from './lane.svelte';
import { deferred } from './testing';

const FAILURE = { code: 'photo', sentence: 'That did not work.' } as const;

describe('Lane', () => {
	it('holds up work that is under way, and lets it go on', async () => {
		const lane = new Lane();
		const held: boolean[] = [];
		const working = lane.attempt('Fetching', FAILURE, async (signal, report, gate) => {
			expect(lane.canPause).toBe(false);
			report({ loaded: 1, total: 10 });
			expect(lane.canPause).toBe(true);
			lane.pause();
			held.push(gate.paused, lane.paused);
			setTimeout(() => lane.resume());
			await gate.opened(signal);
			held.push(gate.paused, lane.paused);
			report({ loaded: 10, total: 10 });
			expect(lane.canPause).toBe(false);
			return 'done';
		});
		expect(await working).toBe('done');
		expect(held).toEqual([true, true, false, false]);
	});

	it('begins new work unpaused, and pauses nothing where there is nothing', async () => {
		const lane = new Lane();
		lane.pause();
		expect(lane.paused).toBe(false);
		void lane.attempt('First', FAILURE, (signal, _, gate) => gate.opened(signal));
		lane.pause();
		expect(await lane.attempt('Second', FAILURE, async (_, __, gate) => gate.paused)).toBe(false);
		expect(lane.paused).toBe(false);
	});

	it('shows the work and its progress, and nothing once it is done', async () => {
		const lane = new Lane();
		const done = lane.attempt('Fetching', FAILURE, async (_, report) => {
			report({ loaded: 1, total: 4 });
			expect(lane.task).toEqual({ label: 'Fetching', progress: { loaded: 1, total: 4 } });
			return 'here';
		});
		expect(lane.task?.label).toBe('Fetching');
		expect(await done).toBe('here');
		expect(lane.task).toBeNull();
		expect(lane.error).toBeNull();
	});

	it('lets the newest win: the older is aborted and its answer dropped', async () => {
		const lane = new Lane();
		let older: AbortSignal | undefined;
		const gate = deferred<string>();
		const first = lane.attempt('first', FAILURE, (signal) => {
			older = signal;
			return gate.promise;
		});
		const second = lane.attempt('second', FAILURE, async () => 'new');
		gate.resolve('old');
		expect(await first).toBeNull();
		expect(await second).toBe('new');
		expect(older?.aborted).toBe(true);
		expect(lane.error).toBeNull();
	});

	it("does not let the older's failure or progress show in the newer's place", async () => {
		const lane = new Lane();
		const gate = deferred<string>();
		const first = lane.attempt('first', FAILURE, async (_, report) => {
			await gate.promise;
			report({ loaded: 9, total: 9 });
			throw new PatchworkError('photo', 'Old news.');
		});
		const stay = deferred<string>();
		const second = lane.attempt('second', FAILURE, () => stay.promise);
		gate.resolve('');
		await first;
		expect(lane.task).toEqual({ label: 'second', progress: null });
		expect(lane.error).toBeNull();
		stay.resolve('');
		await second;
	});

	it('keeps the sentence of a failure until new work starts', async () => {
		const lane = new Lane();
		await lane.attempt('x', FAILURE, () => Promise.reject(new PatchworkError('photo', 'That file is empty.')));
		expect(lane.error).toBe('That file is empty.');
		await lane.attempt('y', FAILURE, async () => 1);
		expect(lane.error).toBeNull();
	});

	it('puts a sentence of ours in place of what a library throws', async () => {
		const lane = new Lane();
		await lane.attempt('x', FAILURE, () => Promise.reject(new TypeError('undefined is not a function')));
		expect(lane.error).toBe('That did not work.');
	});

	it('does not call a cancelled work an error', async () => {
		const lane = new Lane();
		const pending = lane.attempt('x', FAILURE, (signal) => {
			return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
		});
		lane.cancel();
		expect(lane.task).toBeNull();
		expect(await pending).toBeNull();
		expect(lane.error).toBeNull();
	});
});
