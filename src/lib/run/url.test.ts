import { describe, expect, it } from 'vitest';
import { formatPermalink, isOfOwnPhoto, parsePermalink, partOf, photoLink, unreadParts, type Permalink } from './url';

const FULL: Permalink = {
	model: 'vit-tiny',
	size: 336,
	sample: 'still-life',
	photo: 'own',
	address: 'https://photos.example/cat.jpg?size=2',
	block: 11,
	head: 2,
	token: 97,
	direction: 'to',
	overlay: 'attention',
	opacity: 0.35,
	colourMap: 'cividis',
	smooth: true,
	scale: 'shared',
	grid: false,
	seen: true,
	features: 'block',
	fit: 'samples',
	subject: 'low',
	threshold: 0.35,
	mass: 0.8,
	class: 281,
	box: { x: 0.125, y: 0.25, width: 0.5, height: 0.33 },
	crop: { x: 120.5, y: 0, width: 300.25, height: 300.25 },
	backend: 'wasm',
	threads: 4
};

describe('permalinks', () => {
	it('come back as they were', () => {
		expect(parsePermalink(formatPermalink(FULL))).toEqual(FULL);
		expect(unreadParts(formatPermalink(FULL))).toEqual({});
	});

	it('tell what of them is no value of its field, as it stands there, and nothing of what is none of ours', () => {
		const query = new URLSearchParams('photo=nonsense&opacity=200&colours=pink&block=&head=mean&utm_source=mail');
		const unread = { photo: 'photo=nonsense', opacity: 'opacity=200', colourMap: 'colours=pink', block: 'block=' };
		expect(unreadParts(query)).toEqual(unread);
		expect(unreadParts(new URLSearchParams(`sample=${'!'.repeat(99)}`)).sample).toBe(`sample=${'!'.repeat(53)}…`);
		expect(partOf('block', 6)).toBe('block=7');
	});

	it('count blocks, heads and patches from 1, as the page does', () => {
		const query = formatPermalink({ block: 0, head: 0, token: 0 });
		expect(query.toString()).toBe('block=1&head=1&token=1');
		expect(parsePermalink(query)).toEqual({ block: 0, head: 0, token: 0 });
	});

	it.each(['cls', 'register-2'])('call the token %s by its name', (token) => {
		const query = formatPermalink({ token });
		expect(query.toString()).toBe(`token=${token}`);
		expect(parsePermalink(query)).toEqual({ token });
	});

	it('call the colour map colours', () => {
		expect(formatPermalink({ colourMap: 'viridis' }).toString()).toBe('colours=viridis');
		expect(formatPermalink({}, new URLSearchParams('colours=viridis')).toString()).toBe('');
	});

	it.each(['someone/their-model', 'someone/their-model@refs/pr/1', 'local/my-own'])('carry the model %s', (model) => {
		expect(parsePermalink(new URLSearchParams(formatPermalink({ model }).toString()))).toEqual({ model });
	});

	it('lead to what a model is called today', () => {
		expect(parsePermalink(new URLSearchParams('model=patchwork-s'))).toEqual({ model: 'patchwork-t' });
	});

	it.each(['0-0-0-10', '10-20-30', '1-2-3-4-5', 'a-b-c-d', '-1-0-10-10', '1e3-0-9-9'])(
		'leave out the crop %s',
		(crop) => {
			expect(parsePermalink(new URLSearchParams({ crop }))).toEqual({});
		}
	);

	it.each(['0-0-0-10', '60-0-50-10', '10-20-30', 'a-b-c-d', '-1-0-10-10'])('leave out the box %s', (box) => {
		expect(parsePermalink(new URLSearchParams({ box }))).toEqual({});
	});

	it('carry the mean over heads', () => {
		expect(parsePermalink(formatPermalink({ head: 'mean' }))).toEqual({ head: 'mean' });
	});

	it.each([
		'block=0',
		'block=-1',
		'block=1.5',
		'block=x',
		'block=1e3',
		'head=0',
		'head=all',
		'token=0',
		'token=CLS!',
		'direction=sideways',
		'opacity=101',
		'opacity=-5',
		'scale=mine',
		'smooth=1',
		'backend=cuda',
		'model=../../etc',
		'sample=%3Cscript%3E',
		'overlay=',
		'photo=mine'
	])('ignore %s', (query) => {
		expect(parsePermalink(new URLSearchParams(query))).toEqual({});
	});

	it('keep the valid parts beside an invalid one', () => {
		expect(parsePermalink(new URLSearchParams('block=3&head=nope&token=7'))).toEqual({ block: 2, token: 6 });
	});

	it('leave parameters of others alone, and drop their own when they no longer hold', () => {
		const query = formatPermalink({ block: 1 }, new URLSearchParams('debug=1&sample=old&block=9'));
		expect(query.toString()).toBe('debug=1&block=2');
	});
});

describe('a link made on a photo of somebody’s own', () => {
	it('says so, and one on a sample names the sample', () => {
		expect(formatPermalink(photoLink({ sample: null })).toString()).toBe('photo=own');
		expect(formatPermalink(photoLink({ sample: 'teapot' })).toString()).toBe('sample=teapot');
	});

	it.each([
		['photo=own', true],
		['photo=own&block=2', true],
		['model=vit-tiny&block=2&head=mean&token=cls', true],
		['model=vit-tiny&sample=teapot&block=2&head=mean&token=cls', false],
		['photo=own&sample=teapot', false],
		['photo=own&address=https://photos.example/cat.jpg', false],
		['photo=own&address=data:image/png;base64,AAAA', true],
		['model=vit-tiny&block=2&token=4', false],
		['block=2', false],
		['', false]
	])('is known from any other: %s', (query, own) => {
		expect(isOfOwnPhoto(parsePermalink(new URLSearchParams(query)))).toBe(own);
	});
});
