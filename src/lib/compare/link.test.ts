import { describe, expect, it } from 'vitest';
import { formatCompareLink, parseCompareLink, unreadCompareParts, type CompareLink } from './link';

const link: CompareLink = {
	kind: 'models',
	at: { x: 0.25, y: 0.75 },
	linked: false,
	leader: 'A',
	a: { model: 'vit-tiny', sample: 'teapot', block: 6, head: 'mean', direction: 'to', scale: 'head' },
	b: { model: 'patchwork-t', block: 3, head: 2 }
};

describe('a link to a comparison', () => {
	it('counts from 1, and marks what is of B', () => {
		expect(Object.fromEntries(formatCompareLink(link))).toEqual({
			compare: 'models',
			model: 'vit-tiny',
			sample: 'teapot',
			block: '7',
			head: 'mean',
			direction: 'to',
			scale: 'head',
			'b-model': 'patchwork-t',
			'b-block': '4',
			'b-head': '3',
			at: '25-75',
			linked: 'no'
		});
	});

	it('is read as it was written', () => {
		for (const one of [link, { ...link, linked: true, leader: 'B' as const }]) {
			const { linked = true, leader = 'A', ...read } = parseCompareLink(formatCompareLink(one));
			expect({ linked, leader, ...read }).toEqual(one);
		}
	});

	it('leads to what the models of both panels are called today', () => {
		const query = new URLSearchParams('model=patchwork-s&b-model=patchwork-s');
		expect(parseCompareLink(query)).toEqual({ a: { model: 'patchwork-t' }, b: { model: 'patchwork-t' } });
	});

	it('leaves out what is nonsense', () => {
		const query = new URLSearchParams(
			'compare=cats&at=900-900&linked=maybe&leads=c&block=0&b-block=x&b-head=2&b-model=%00'
		);
		expect(parseCompareLink(query)).toEqual({ a: {}, b: { head: 1 } });
		expect(unreadCompareParts(query)).toEqual({
			neither: ['compare=cats', 'at=900-900', 'linked=maybe', 'leads=c'],
			a: { block: 'block=0' },
			b: { model: 'b-model=\0', block: 'b-block=x' }
		});
		expect(unreadCompareParts(formatCompareLink(link))).toEqual({ neither: [], a: {}, b: {} });
	});
});
