import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../base/testing';
import { FakeEngine, photo, result, source } from '../run/testing';
import { Companion } from './companion';

const { seen } = result(0);
const following = (signal = new AbortController().signal) => ({ signal });

let engines: FakeEngine[];
let bitmaps: ReturnType<typeof photo>[];
let companion: Companion;

beforeEach(() => {
	[engines, bitmaps] = [[], []];
	const make = () => {
		const engine = new FakeEngine();
		engines.push(engine);
		return engine;
	};
	companion = new Companion(make, source, async () => {
		const made = photo('seen');
		bitmaps.push(made);
		return made.bitmap;
	});
});

/** Answers the run that was asked for last. */
async function answer(id: number): Promise<void> {
	await settle();
	engines.at(-1)?.runs.at(-1)?.resolve(result(id));
	await settle();
}

describe('a second model beside the reader’s own', () => {
	it('runs once on what the other saw, all of it, and lets go of the pixels', async () => {
		const first = companion.beside('cnn', seen, following());
		await answer(1);
		expect((await first).run).toBe(1);
		expect(engines[0]?.asked[0]?.crop).toEqual({ x: 0, y: 0, width: seen.width, height: seen.height });
		expect(bitmaps.map((one) => one.closed())).toEqual([1]);
		expect((await companion.beside('cnn', seen, following())).run).toBe(1);
		expect(engines[0]?.runs).toHaveLength(1);
	});

	it('forgets that run for one on other pixels, or by another model', async () => {
		void companion.beside('cnn', seen, following());
		await answer(1);
		void companion.beside('cnn', { ...seen }, following());
		await answer(2);
		void companion.beside('vit', seen, following());
		await answer(3);
		expect(engines[0]?.forgotten).toEqual([1, 2]);
		expect((await companion.read(['norm']))[0]?.data[0]).toBe(3);
	});

	it('runs what it saw once more with a change, which is forgotten', async () => {
		void companion.beside('cnn', seen, following());
		await answer(1);
		const edits = [{ tap: 'pixel_values', do: 'zero' }] as const;
		const changed = companion.changed(edits, [], new AbortController().signal);
		await answer(2);
		expect((await changed).top).toEqual(result(2).top);
		expect(engines[0]?.asked[1]).toMatchObject({ on: { of: 1 }, edits });
		expect(engines[0]?.forgotten).toEqual([2]);
	});

	it('makes a run anew that the engine has lost', async () => {
		void companion.beside('cnn', seen, following());
		await answer(1);
		const changed = companion.changed([], [], new AbortController().signal);
		await settle();
		engines[0]?.runs.at(-1)?.reject(new Error('gone'));
		await expect(changed).rejects.toThrow('gone');
		void companion.beside('cnn', seen, following());
		await answer(2);
		expect((await companion.read(['norm']))[0]?.data[0]).toBe(2);
	});

	it('keeps nothing of a run that was given up', async () => {
		const giving = new AbortController();
		const run = companion.beside('cnn', seen, following(giving.signal));
		await settle();
		giving.abort();
		await Promise.all([expect(run).rejects.toMatchObject({ code: 'cancelled' }), answer(1)]);
		expect(engines[0]?.forgotten).toEqual([1]);
		await expect(companion.read(['norm'])).rejects.toThrow('has not run yet');
	});
});

describe('letting go', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('ends the engine some time after the last figure has', async () => {
		const releases = [companion.hold(), companion.hold()];
		void companion.beside('cnn', seen, following());
		await vi.advanceTimersByTimeAsync(0);
		releases[0]?.();
		vi.advanceTimersByTime(60_000);
		expect(engines[0]?.disposed).toBe(false);
		releases[1]?.();
		const again = companion.hold();
		vi.advanceTimersByTime(60_000);
		expect(engines[0]?.disposed).toBe(false);
		again();
		vi.advanceTimersByTime(60_000);
		expect(engines[0]?.disposed).toBe(true);
	});
});
