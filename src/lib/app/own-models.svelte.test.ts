import { describe, expect, it } from 'vitest';
import type { Found } from '../models/own';
import type { StoredModel } from '../models/store';
import { OwnModels } from './own-models.svelte';
import { SMALL_CONFIG } from '../engine/testing/small';

const stored = (repo: string, whole = true): StoredModel => ({
	repo,
	bytes: 50,
	total: 100,
	whole,
	kept: 0,
	local: repo.startsWith('local/')
});

const found = (id: string, from: Found['source']['from']): Found => ({
	description: {
		title: `the ${id}`,
		bytes: 100,
		weightFiles: 1,
		architecture: 'vit',
		config: SMALL_CONFIG,
		parameters: 10,
		licence: null,
		ask: false,
		keepable: true
	},
	source: { id, from }
});
const named = found('a/b', { kind: 'hub', repo: 'a/b', endpoint: 'https://hub.example' });
const dropped = found('local/mine', { kind: 'files', files: [], keepAs: 'local/mine' });

/** Settings that last from one visit to the next. */
function settings() {
	const map = new Map<string, string>();
	return () => ({
		getItem: (key: string) => map.get(key) ?? null,
		setItem: (key: string, value: string) => void map.set(key, value),
		removeItem: (key: string) => void map.delete(key)
	});
}

describe('OwnModels', () => {
	it('has what was named or dropped in this visit, kept or not', () => {
		const own = new OwnModels(() => [], settings());
		own.add(named);
		own.add(dropped);
		expect(own.entries.map(({ id }) => id)).toEqual(['a/b', 'local/mine']);
		expect([own.isOpen('a/b'), own.isOpen('local/mine')]).toEqual([false, true]);
		expect(own.source('local/mine', '')).toEqual(dropped.source);
	});

	it('has after a reload what this browser keeps whole, with what is known of it', () => {
		const storage = settings();
		const before = new OwnModels(() => [], storage);
		for (const one of [named, dropped]) before.add(one);
		const own = new OwnModels(() => [stored('a/b'), stored('local/mine', false), stored('c/d')], storage);
		own.open();
		expect(own.entries.map(({ title }) => title)).toEqual(['c/d', 'the a/b']);
		expect(own.entryOf('local/mine').title).toBe('the local/mine');
		expect(own.source('a/b', 'https://other.example').from).toMatchObject({ endpoint: 'https://other.example' });
	});

	it('calls a model as the reader does, here and after a reload, and its address stays', () => {
		const storage = settings();
		const before = new OwnModels(() => [], storage);
		before.add(dropped, true);
		before.rename('local/mine', ' My cats ');
		before.rename('local/mine', '  ');
		const own = new OwnModels(() => [stored('local/mine')], storage);
		own.open();
		expect(own.entries).toMatchObject([{ id: 'local/mine', title: 'My cats', trained: true }]);
	});

	it('leaves the models of the registry to the registry', () => {
		const own = new OwnModels(() => [stored('facebook/dino-vits8')], settings());
		expect(own.entries).toEqual([]);
	});

	it('forgets what was deleted', () => {
		const storage = settings();
		const own = new OwnModels(() => [], storage);
		own.add(named);
		own.remove('a/b');
		expect(own.entries).toEqual([]);
		const next = new OwnModels(() => [stored('a/b')], storage);
		next.open();
		expect(next.entries.map(({ title }) => title)).toEqual(['a/b']);
	});

	it('works where the browser keeps no settings', () => {
		const own = new OwnModels(
			() => [stored('a/b')],
			() => {
				throw new DOMException('', 'SecurityError');
			}
		);
		own.open();
		own.add(dropped);
		expect(own.entries.map(({ id }) => id)).toEqual(['a/b', 'local/mine']);
	});
});
