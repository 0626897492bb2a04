import { describe, expect, it } from 'vitest';
import { History } from './history.svelte';

describe('History', () => {
	it('goes back and forth, value by value', () => {
		const history = new History(0);
		for (const value of [1, 2, 3]) history.go(value);
		history.undo();
		history.undo();
		expect([history.now, history.canUndo, history.canRedo]).toEqual([1, true, true]);
		history.redo();
		expect(history.now).toBe(2);
	});

	it('undoes a stroke as one, and the next stroke by itself', () => {
		const history = new History('');
		const [first, second] = [{}, {}];
		history.go('a', first);
		history.go('ab', first);
		history.go('abc', second);
		history.go('abcd', second);
		history.undo();
		expect(history.now).toBe('ab');
		history.undo();
		expect([history.now, history.canUndo]).toEqual(['', false]);
	});

	it('does not go on with a stroke across an undo', () => {
		const history = new History(0);
		const stroke = {};
		history.go(1, stroke);
		history.undo();
		history.go(2, stroke);
		history.undo();
		expect(history.now).toBe(0);
	});

	it('forgets what was undone once it goes on', () => {
		const history = new History(0);
		history.go(1);
		history.undo();
		history.go(2);
		history.redo();
		expect([history.now, history.canRedo]).toEqual([2, false]);
	});

	it('stays where it is at either end, and begins anew', () => {
		const history = new History(5);
		history.undo();
		history.redo();
		expect(history.now).toBe(5);
		history.go(6);
		history.begin(7);
		expect([history.now, history.canUndo, history.canRedo]).toEqual([7, false, false]);
	});
});
