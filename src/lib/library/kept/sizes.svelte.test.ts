import { describe, expect, it, vi } from 'vitest';
import type { bytesIn } from './places';
import { keptThings } from './kept-things';
import { Counted } from './sizes.svelte';

const GUESSES = keptThings('').filter(({ id }) => id === 'guesses');

describe('Counted', () => {
	it('tells what the newest count has found, to whoever waits for an older one too', async () => {
		const answers: ((bytes: number) => void)[] = [];
		const signals: (AbortSignal | undefined)[] = [];
		const count = vi.fn<typeof bytesIn>((_, signal) => {
			signals.push(signal);
			return new Promise((resolve) => answers.push(resolve));
		});
		const sizes = new Counted(count);
		expect(sizes.of('guesses')).toBeUndefined();
		const first = sizes.count(GUESSES);
		const second = sizes.count(GUESSES);
		expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
		answers[1]?.(7);
		await second;
		answers[0]?.(3);
		await first;
		expect(sizes.of('guesses')).toBe(7);
	});

	it('says that it does not know where the browser does not', async () => {
		const sizes = new Counted(() => Promise.reject(new Error('no')));
		await sizes.count(GUESSES);
		expect(sizes.of('guesses')).toBeNull();
	});
});
