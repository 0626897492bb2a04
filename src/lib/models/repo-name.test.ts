import { describe, expect, it } from 'vitest';
import { parseRepo, storeKey } from './repo-name';

describe('parseRepo', () => {
	it.each([
		['facebook/dino-vits16', { repo: 'facebook/dino-vits16' }],
		['  timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k ', { repo: 'timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k' }],
		['a/b@main', { repo: 'a/b' }],
		['a/b@refs/pr/3', { repo: 'a/b', revision: 'refs/pr/3' }],
		['https://huggingface.co/a/b', { repo: 'a/b' }],
		['https://huggingface.co/a/b/', { repo: 'a/b' }],
		['https://huggingface.co/a/b/tree/main', { repo: 'a/b' }],
		['https://huggingface.co/a/b/tree/v1.0/', { repo: 'a/b', revision: 'v1.0' }],
		['huggingface.co/a/b', { repo: 'a/b' }],
		['hf.co/a/b/tree/v2', { repo: 'a/b', revision: 'v2' }],
		['www.huggingface.co/a/b?x=1', { repo: 'a/b' }],
		['hub.example:8080/a/b/', { repo: 'a/b' }],
		['a.b/c@refs/pr/3', { repo: 'a.b/c', revision: 'refs/pr/3' }],
		['https://hub.example/a/b/blob/dev/config.json?x=1#top', { repo: 'a/b', revision: 'dev' }]
	])('reads %s', (text, name) => {
		expect(parseRepo(text)).toEqual(name);
	});

	it.each([
		'',
		'b',
		'a/b/c',
		'a/',
		'/b',
		'a b/c',
		'../b',
		'a/..',
		'a/b@',
		'a/b@../x',
		'a/b@x?y',
		'https://huggingface.co/',
		'huggingface.co/a',
		'hf.co/',
		'a/%2e'
	])('refuses "%s" in one sentence', (text) => {
		expect(() => parseRepo(text)).toThrow(/is no name of a repository: write it like timm\//);
	});

	it('gives each revision a key of its own', () => {
		expect(storeKey({ repo: 'a/b' })).toBe('a/b');
		expect(storeKey({ repo: 'a/b', revision: 'main' })).toBe('a/b');
		expect(storeKey(parseRepo('a/b@v2'))).toBe('a/b@v2');
	});
});
