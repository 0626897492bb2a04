import { expect, it } from 'vitest';
import { linkIn, only } from './at-once';

const search = new URLSearchParams('model=vit-tiny&sample=owl&block=2');

it('takes up all of an address, or what a page carries of it', () => {
	expect(linkIn(search, 'all')).toEqual({ model: 'vit-tiny', sample: 'owl', block: 1 });
	expect(linkIn(search, ['sample', 'photo'])).toEqual({ sample: 'owl' });
	expect(linkIn(search, [])).toEqual({});
	expect(only({ sample: 'owl', block: 1 }, ['block'])).toEqual({ block: 1 });
});
