import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../base/errors';
import { MODELS } from '../models/registry';
import type { Keeping } from './keeping';
import { Library } from './library.svelte';

const [tiny, small] = MODELS;
const stored = { repo: tiny.repo, bytes: 105, total: 105, whole: true, kept: 1, local: false };

function library(options: { site?: string[]; kept?: ReturnType<Keeping['store']> } = {}): Library {
	const { site = [], kept = { list: async () => [], delete: async () => undefined } } = options;
	return new Library({
		site: () => 'https://example.org/here/',
		store: () => kept,
		listSite: async () => Object.fromEntries(site.map((id) => [id, []]))
	});
}

describe('Library', () => {
	it('opens on the bundled model where the better one is only on the hub', async () => {
		const models = library();
		await models.refresh();
		expect([tiny, small].map((entry) => models.place(entry))).toEqual(['hub', 'site']);
		expect(models.best().id).toBe(small.id);
	});

	it('opens on the better model where the site serves it', async () => {
		const models = library({ site: [tiny.id, small.id] });
		await models.refresh();
		expect(models.place(tiny)).toBe('site');
		expect(models.best().id).toBe(tiny.id);
		expect(models.source(tiny).from).toEqual({ kind: 'site', folder: 'https://example.org/here/models/vit-tiny/' });
	});

	it('opens on the better model where this browser keeps it, until it is forgotten', async () => {
		let here = [stored];
		const kept: ReturnType<Keeping['store']> = {
			list: async () => here,
			delete: async (repo) => void (here = here.filter((model) => model.repo !== repo))
		};
		const models = library({ kept });
		await models.refresh();
		expect(models.place(tiny)).toBe('kept');
		expect(models.keptBytes(tiny)).toBe(105);
		expect(models.best().id).toBe(tiny.id);
		await models.forgetKey(tiny.repo);
		expect(models.place(tiny)).toBe('hub');
		expect(models.best().id).toBe(small.id);
	});

	it('finds a model under the name that it once had', () => {
		expect(library().find('patchwork-s')?.id).toBe('patchwork-t');
		expect(library().find('no-such-model')).toBeNull();
	});

	it('keeps what it saw last where an earlier look ends later', async () => {
		const looks: ((found: (typeof stored)[]) => void)[] = [];
		const list = () => new Promise<(typeof stored)[]>((resolve) => looks.push(resolve));
		const models = library({ kept: { list, delete: async () => undefined } });
		const both = [models.look(), models.look()];
		looks[1]?.([]);
		looks[0]?.([stored]);
		await Promise.all(both);
		expect(models.stored).toEqual([]);
	});

	it('does not count a model as kept that was cut off, and says what is here of it', async () => {
		const list = async () => [{ ...stored, bytes: 5, whole: false }];
		const models = library({ kept: { list, delete: async () => undefined } });
		await models.refresh();
		expect(models.place(tiny)).toBe('hub');
		expect(models.keptBytes(tiny)).toBe(5);
		expect(models.storedOf(tiny.repo)).toMatchObject({ bytes: 5, total: 105 });
	});

	it('works without a list of the site and without storage', async () => {
		const models = new Library({
			site: () => 'https://example.org/',
			store: () => ({ list: () => Promise.reject(new Error('no')), delete: () => Promise.reject(new Error('no')) }),
			listSite: () => Promise.reject(new PatchworkError('network', 'Offline.'))
		});
		await models.refresh();
		expect(models.best().id).toBe(small.id);
		await models.forgetKey(tiny.repo);
		expect(models.error).toBe('That did not work; please try again.');
		models.dismiss();
		expect(models.error).toBeNull();
	});

	it('refuses an address of a hub that is none, and keeps the one before', () => {
		const models = library();
		expect(models.setEndpoint('not an address')).toBe(false);
		expect(models.error).toMatch(/is not a web address/);
		expect(models.endpoint).toBe('https://huggingface.co');
	});

	it('uses another hub also where the address cannot be kept', () => {
		// There is no localStorage in Node, as in a browser that forbids it.
		const models = library();
		expect(models.setEndpoint('https://mirror.example/hub/')).toBe(false);
		expect(models.error).toMatch(/keeps no settings/);
		expect(models.endpoint).toBe('https://mirror.example/hub');
		expect(models.source(tiny).from).toMatchObject({ kind: 'hub', endpoint: 'https://mirror.example/hub' });
	});
});
