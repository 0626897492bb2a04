import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../errors';
import type { ModelDescription } from '../models/describe';
import { Lookup } from './lookup.svelte';
import { SMALL_CONFIG } from './testing';

const description: ModelDescription = {
	title: 'found',
	bytes: 100,
	weightFiles: 1,
	architecture: 'deit',
	config: SMALL_CONFIG,
	parameters: 10,
	licence: null,
	ask: false,
	keepable: true
};

const files = ['config.json', 'model.safetensors'].map((name) => new File(['x'], name));
const endpoint = 'https://hub.example';

describe('Lookup', () => {
	it('looks at the repository that was named, in whatever way', async () => {
		const asked: unknown[] = [];
		const lookup = new Lookup({
			repo: async (subject) => (asked.push(subject), description),
			files: () => Promise.reject(new Error('No files here.'))
		});
		await lookup.repo(' https://huggingface.co/a/b/tree/v2 ', endpoint);
		expect(asked).toEqual([{ endpoint, repo: 'a/b', revision: 'v2' }]);
		expect(lookup.found?.source).toEqual({
			id: 'a/b@v2',
			from: { kind: 'hub', endpoint, repo: 'a/b', revision: 'v2' }
		});
		lookup.clear();
		expect(lookup.found).toBeNull();
	});

	it('says what is wrong, and has found nothing then', async () => {
		const lookup = new Lookup({
			repo: () => Promise.reject(new PatchworkError('network', 'It is gated.')),
			files: async () => description
		});
		await lookup.files(files, null, []);
		expect(lookup.found).not.toBeNull();
		await lookup.repo('a/b', endpoint);
		expect([lookup.found, lookup.lane.error]).toEqual([null, 'It is gated.']);
		await lookup.repo('nonsense', endpoint);
		expect(lookup.lane.error).toMatch('no name of a repository');
	});

	it('gives files a name of their own', async () => {
		const lookup = new Lookup({ repo: () => Promise.reject(new Error('')), files: async () => description });
		await lookup.files(files, null, ['local/deit']);
		expect(lookup.found).toMatchObject({ description: { title: 'deit-2' }, source: { id: 'local/deit-2' } });
		await lookup.files(files.slice(1), 'folder', []);
		expect(lookup.found).toBeNull();
		expect(lookup.lane.error).toMatch('config.json');
	});
});
