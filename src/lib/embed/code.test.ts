import { describe, expect, it } from 'vitest';
import { embedAddress, embedCode, embedRemarks } from './code';

const root = 'https://patchwork.example/there/';
const link = { model: 'patchwork-t', sample: 'teapot', block: 3, head: 1, backend: 'wasm' } as const;

describe('the code of an embedded figure', () => {
	it('says what is shown, and leaves the backend to who reads it', () => {
		expect(embedAddress(link, root)).toBe(`${root}embed/?model=patchwork-t&sample=teapot&block=4&head=2`);
	});

	it('carries a photo by its address, and none that only this reader has', () => {
		expect(embedAddress({ photo: 'own', block: 0 }, root)).toBe(`${root}embed/?block=1`);
		const address = 'https://photos.example/cat.jpg?a=1&b=2';
		const there = new URL(embedAddress({ photo: 'own', address }, root));
		expect([...there.searchParams]).toEqual([['address', address]]);
	});

	it('stays one attribute after the other, whatever stands in them', () => {
		const code = embedCode({ address: 'https://photos.example/?"><b>&c=1' }, root, 'A "title" <b>');
		expect(code.match(/"/g)).toHaveLength(12);
		expect(code).toContain('title="A &quot;title&quot; &lt;b&gt;"');
		expect(code.match(/[<>]/g)).toHaveLength(4);
	});

	it('says what others will not see', () => {
		expect(embedRemarks({ link, isOnSite: true })).toBe('');
		expect(embedRemarks({ link: { photo: 'own' }, isOnSite: true })).toMatch(/^Your photo is not in it/);
		expect(embedRemarks({ link: { address: 'https://a.example/' }, isOnSite: true })).toBe(
			'The photo’s address is in it.'
		);
		expect(embedRemarks({ link, isOnSite: false })).toMatch(/^The model is not on/);
	});
});
