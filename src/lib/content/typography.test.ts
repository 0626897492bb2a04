import { describe, expect, it } from 'vitest';
import { asShown } from './typography';

describe('text as it is shown', () => {
	it.each([
		["a token's shadow, the parts' results and chapter 3's", 'a token’s shadow, the parts’ results and chapter 3’s'],
		['it stays ’s', 'it stays ’s'],
		["it isn't 'so", "it isn’t 'so"],
		['7 % of 14 × 14 and 16 px', '7\u00a0% of 14\u00a0×\u00a014 and 16\u00a0px']
	])('%s', (typed, shown) => expect(asShown(typed)).toBe(shown));
});
