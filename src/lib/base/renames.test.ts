import { describe, expect, it } from 'vitest';
import { currentName, currentParameters } from './renames';

describe('a name of before', () => {
	it('leads to what is called otherwise today', () => {
		expect(currentName('model', 'patchwork-s')).toBe('patchwork-t');
		expect(currentName('parameter', 'stage')).toBe('overlay');
	});

	it.each(['patchwork-t', 'someone/patchwork-s', 'constructor', ''])('leaves %j as it is', (name) => {
		expect(currentName('model', name)).toBe(name);
	});
});

describe('an address', () => {
	const read = (query: string) => currentParameters(new URLSearchParams(query)).toString();

	it('keeps its order, and what is none of ours', () => {
		expect(read('a=1&stage=photo&a=2&b=')).toBe('a=1&overlay=photo&a=2&b=');
	});

	it('follows the newer name where both are there', () => {
		expect(read('stage=photo&overlay=patches')).toBe('overlay=patches');
		expect(read('overlay=patches&stage=photo')).toBe('overlay=patches');
	});
});
