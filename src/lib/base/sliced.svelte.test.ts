import { expect, it } from 'vitest';
import { settle } from './testing';
import { Sliced, type Work } from './sliced.svelte';

it('has what came of the work that is asked about, once that is done, and nothing of work that was stopped', async () => {
	const sliced = new Sliced<string>();
	const [first, second]: Work<string>[] = ['first', 'second'].map((said) => async (pause) => {
		await pause();
		return said;
	});
	if (!first || !second) throw new Error('There are two.');
	expect([sliced.of(null), sliced.of(first), sliced.follow(null)]).toEqual([null, null, undefined]);
	const stop = sliced.follow(first);
	stop?.();
	await settle();
	expect(sliced.of(first)).toBeNull();
	sliced.follow(second);
	await settle();
	expect([sliced.of(second), sliced.of(first)]).toEqual(['second', null]);
});
