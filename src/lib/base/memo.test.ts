import { describe, expect, it } from 'vitest';
import { lastFew } from './memo';

describe('what was made for the last few keys', () => {
	it('is made once', () => {
		const get = lastFew<object>(2);
		expect(get('a', () => ({}))).toBe(get('a', () => ({})));
	});

	it('goes when others were asked for since, the one asked for least recently first', () => {
		const asked: string[] = [];
		const get = lastFew<{ key: string }>(2);
		for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(get(key, () => (asked.push(key), { key })).key).toBe(key);
		expect(asked).toEqual(['a', 'b', 'c', 'b']);
	});
});
