import { describe, expect, it } from 'vitest';
import { currentName, currentParameters, currentTap } from './renames';

describe('a name of before', () => {
	it('leads to what is called otherwise today', () => {
		expect(currentName('model', 'patchwork-s')).toBe('patchwork-t');
		expect(currentName('parameter', 'stage')).toBe('overlay');
		expect(currentName('size', 'small')).toBe('32');
	});

	it.each(['patchwork-t', 'someone/patchwork-s', 'constructor', ''])('leaves %j as it is', (name) => {
		expect(currentName('model', name)).toBe(name);
	});
});

describe('a tap of before', () => {
	it.each([
		['blocks.3.attn.weights', 'blocks.3.attn.pattern'],
		['stages.0.blocks.*.attn.weights', 'stages.0.blocks.*.attn.pattern'],
		['weights.blocks.0.qkv.weight', 'parameters.blocks.0.qkv.weight']
	])('%s is %s', (before, now) => {
		expect(currentTap(before)).toBe(now);
		expect(currentTap(now)).toBe(now);
	});

	it.each(['weights.', 'weights', 'logits', 'attn.weights.x'])('%s is none', (name) => {
		expect(currentTap(name)).toBe(name);
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
