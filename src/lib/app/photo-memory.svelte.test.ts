import { describe, expect, it } from 'vitest';
import { PhotoMemory, REMEMBERS_PHOTO } from './photo-memory.svelte';

describe('the memory of the photo', () => {
	it('goes by what another tab has chosen', () => {
		const kept = new Map<string, string>();
		const storage = {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value),
			removeItem: (key: string) => void kept.delete(key)
		};
		const memory = new PhotoMemory(() => storage);
		kept.set(REMEMBERS_PHOTO, 'yes');
		memory.lookAgain();
		expect(memory.on).toBe(true);
		kept.clear();
		memory.lookAgain();
		expect(memory.on).toBe(false);
	});
});
