import { expect, it } from 'vitest';
import { Numbered } from './numbered.svelte';

function memory(text: string | null = null) {
	let kept = text;
	return {
		getItem: () => kept,
		setItem: (_: string, value: string) => void (kept = value),
		removeItem: () => void (kept = null)
	};
}

it('remembers for which models numbers are wanted', () => {
	const storage = memory();
	const first = new Numbered(() => storage);
	first.open();
	first.set('local/a', true);
	first.set('local/b', true);
	first.set('local/a', false);
	const later = new Numbered(() => storage);
	later.open();
	expect([later.has('local/a'), later.has('local/b')]).toEqual([false, true]);
});

it.each(['no JSON', '{}', '[1]'])('takes nothing from what is no list: %s', (text) => {
	const numbered = new Numbered(() => memory(text));
	numbered.open();
	expect(numbered.has('1')).toBe(false);
});

it('holds for the visit where nothing can be kept', () => {
	const numbered = new Numbered(() => {
		throw new Error('forbidden');
	});
	numbered.open();
	numbered.set('local/a', true);
	expect(numbered.has('local/a')).toBe(true);
});
