import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BlockWalk } from './block-walk.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function walked(at: number, blocks: number) {
	const shown: number[] = [];
	const walk = new BlockWalk();
	walk.play(at, blocks, (block) => shown.push(block));
	return { walk, shown };
}

it('goes on from the block that is shown, to the last one', () => {
	const { walk, shown } = walked(1, 4);
	expect([walk.playing, shown]).toEqual([true, []]);
	vi.runAllTimers();
	expect([walk.playing, shown]).toEqual([false, [2, 3]]);
});

it('begins anew from the last one', () => {
	const { shown } = walked(3, 4);
	vi.runAllTimers();
	expect(shown).toEqual([0, 1, 2, 3]);
});

it('stops where it is, and never begins where there is only one', () => {
	const { walk, shown } = walked(3, 4);
	walk.stop();
	vi.runAllTimers();
	expect([walk.playing, shown]).toEqual([false, [0]]);
	expect(walked(0, 1).walk.playing).toBe(false);
});
