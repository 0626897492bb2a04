import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from './progress.svelte';

let kept: Map<string, string>;

beforeEach(() => {
	kept = new Map();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value)
	});
});

afterEach(() => vi.unstubAllGlobals());

function restored(): Progress {
	const progress = new Progress();
	progress.restore();
	return progress;
}

describe('Progress', () => {
	it('is there again on the next visit', () => {
		const progress = new Progress();
		progress.choose('patches', 'why', 1);
		progress.choose('patches', 'cost', 0);
		progress.choose('patches', 'why', 2);
		progress.finish('attention');

		const next = restored();
		expect(next.answer('patches', 'why')).toBe(2);
		expect(next.answer('patches', 'other')).toBeNull();
		expect(next.answered('patches')).toBe(2);
		expect([next.isRead('patches'), next.isRead('attention')]).toEqual([false, true]);
	});

	it('loses nothing by what happens before it was taken up', () => {
		restored().choose('patches', 'why', 1);
		new Progress().finish('patches');
		new Progress().choose('attention', 'cost', 0);
		const next = restored();
		expect([next.answer('patches', 'why'), next.isRead('patches'), next.answer('attention', 'cost')]).toEqual([
			1,
			true,
			0
		]);
	});

	it('knows what was done in a chapter that was cut since', () => {
		const answers = { axis: 1, larger: 2, alone: 0 };
		kept.set('patchwork.progress', JSON.stringify({ 'feed-forward': { read: true, answers } }));
		const progress = restored();
		expect([progress.isRead('layer-norm'), progress.isRead('mlp'), progress.isRead('feed-forward')]).toEqual([
			true,
			true,
			false
		]);
		expect([progress.answer('layer-norm', 'larger'), progress.answer('mlp', 'alone')]).toEqual([2, 0]);
		expect([progress.answered('layer-norm'), progress.answered('mlp')]).toEqual([2, 1]);
	});

	it('can be reset', () => {
		const progress = restored();
		expect(progress.empty).toBe(true);
		progress.finish('patches');
		expect(progress.empty).toBe(false);
		progress.reset();
		expect([progress.empty, restored().empty]).toEqual([true, true]);
	});

	it.each(['{', '[]', 'null', '{"patches": 3}', '{"patches": {"read": "yes", "answers": {"why": "no"}}}'])(
		'takes nothing from what it has not written: %s',
		(text) => {
			kept.set('patchwork.progress', text);
			const progress = restored();
			expect([progress.isRead('patches'), progress.answered('patches')]).toEqual([false, 0]);
		}
	);

	it('lasts as long as the page where storage is forbidden', () => {
		vi.stubGlobal('localStorage', {
			getItem: () => {
				throw new Error('forbidden');
			},
			setItem: () => {
				throw new Error('forbidden');
			}
		});
		const progress = restored();
		progress.finish('patches');
		expect(progress.isRead('patches')).toBe(true);
	});
});
