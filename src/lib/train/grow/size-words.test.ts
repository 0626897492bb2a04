import { expect, it } from 'vitest';
import { SIZES } from './setup';
import { sizeName, timesWords } from './size-words';

it('names every size with the patch that goes with it', () => {
	expect(SIZES.map(sizeName)).toEqual([
		'32 px, patches of 4',
		'48 px, patches of 6',
		'64 px, patches of 8',
		'The notebook’s: 144 px, patches of 8'
	]);
});

it('says a little more with a decimal, and much more without', () => {
	expect([1.04, 4.2, 224.9].map(timesWords)).toEqual(['1.0', '4.2', '225']);
});
