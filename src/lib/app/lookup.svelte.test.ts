import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../base/errors';
import type { ModelDescription } from '../models/describe';
import { Lookup } from './lookup.svelte';
import { SMALL_CONFIG } from '../engine/testing/small';

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
		await lookup.files(files, null, ['local/found']);
		expect(lookup.found).toMatchObject({ description: { title: 'found-2' }, source: { id: 'local/found-2' } });
		await lookup.files([new File(['x'], 'notes.txt')], 'folder', []);
		expect(lookup.found).toBeNull();
		expect(lookup.lane.error).toMatch('model.safetensors');
	});

	it('lets go of what was refused, so that nothing is joined with it', async () => {
		const looks = [() => Promise.reject(new PatchworkError('config', 'They do not fit.')), async () => description];
		const lookup = new Lookup({ repo: () => Promise.reject(new Error('')), files: () => (looks.shift() ?? fail)() });
		const fail = () => Promise.reject(new Error('Nobody asked for a third look.'));
		await lookup.files(files, 'folder', []);
		expect(lookup.lane.error).toBe('They do not fit.');
		await lookup.files(files.slice(1), null, []);
		expect([lookup.lane.error, lookup.missing]).toEqual([null, 'model.safetensors is here; now add config.json.']);
		await lookup.files(files.slice(0, 1), null, []);
		expect(lookup.found?.description.title).toBe('found');
	});

	it('never joins a folder with what came before', async () => {
		const looked: string[][] = [];
		const lookup = new Lookup({
			repo: () => Promise.reject(new Error('')),
			files: async (all) => (looked.push(all.map(({ name }) => name)), description)
		});
		await lookup.files(files.slice(0, 1), 'first', []);
		await lookup.files(files.slice(1), 'second', []);
		expect(lookup.missing).toBe('model.safetensors is here; now add config.json.');
		await lookup.files([new File(['x'], 'readme.txt')], 'third', []);
		expect([lookup.missing, lookup.found]).toEqual([null, null]);
		expect(lookup.lane.error).toMatch('model.safetensors');
		await lookup.files(files, 'fourth', []);
		await lookup.files([new File(['{}'], 'preprocessor_config.json')], 'fifth', []);
		expect([lookup.found, looked]).toEqual([null, [['config.json', 'model.safetensors']]]);
	});

	it('waits for what is missing, and takes it together with what came before', async () => {
		const looked: string[][] = [];
		const lookup = new Lookup({
			repo: () => Promise.reject(new Error('')),
			files: async (all) => (looked.push(all.map(({ name }) => name)), description)
		});
		const [config, weights] = files;
		if (!config || !weights) throw new Error('A model has two files.');
		for (const [first, second] of [[config, weights] as const, [weights, config] as const]) {
			await lookup.files([first], 'folder', []);
			expect(lookup.missing).toBe(`${first.name} is here; now add ${second.name}.`);
			expect([lookup.found, lookup.lane.error]).toEqual([null, null]);
			await lookup.files([second], null, []);
			expect(lookup.missing).toBeNull();
			expect(lookup.found?.description.title).toBe('folder');
		}
		expect(looked).toEqual([
			['config.json', 'model.safetensors'],
			['model.safetensors', 'config.json']
		]);
		await lookup.files([new File(['{}'], 'preprocessor_config.json')], null, []);
		expect(looked.at(-1)).toHaveLength(3);
		await lookup.files([config], null, []);
		expect(lookup.found).toBeNull();
		lookup.clear();
		await lookup.files([weights], null, []);
		expect(lookup.missing).toMatch('now add config.json');
	});
});
