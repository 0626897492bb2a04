import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Library } from '../../app/library.svelte';
import { PatchworkError } from '../../base/errors';
import { timmCheckpoint } from '../../engine/testing/checkpoint';
import { describeFiles } from '../../models/describe';
import type { fetchModel } from '../../models/load';
import { withHead } from '../../models/new-head';
import type { ModelSource } from '../../models/source';
import type { StoredModel } from '../../models/store';
import { madeUpHead } from '../../models/testing';
import { heldWeights } from '../../models/weights';
import { model, result } from '../../run/testing';
import { withClass, type Classes } from './classes';
import { Saving } from './saving.svelte';
import type { Taught } from './teaching.svelte';

const { weight, bias, labels } = madeUpHead(15);
const classes = labels.reduce<Classes>((all, name) => withClass(all, name), []);

/** @param error why this browser keeps nothing; null where it does */
function make(error: PatchworkError | null = null) {
	const kept: StoredModel[] = [];
	const asked: ModelSource[] = [];
	const library = new Library({
		site: () => 'https://here.example/',
		store: () => ({
			list: async () => kept,
			delete: async (key) =>
				void kept.splice(
					kept.findIndex(({ repo }) => repo === key),
					1
				)
		}),
		listSite: async () => ({})
	});
	const { weights, ...files } = timmCheckpoint();
	const session = {
		shown: { model: model('small'), result: result(1) },
		withHead: async (_: number, head: Parameters<typeof withHead>[1]) =>
			withHead({ ...files, weights: heldWeights([weights]) }, head)
	};
	const teaching = { taught: { weight, bias, classes } as unknown as Taught | null, fits: true };
	const fetch: typeof fetchModel = async (source) => {
		asked.push(source);
		if (!error) kept.push({ repo: source.id, bytes: 1, total: 1, whole: true, kept: 0, local: true });
		return { notKept: error } as Awaited<ReturnType<typeof fetchModel>>;
	};
	const saved = new Map<string, Blob>();
	const store = () => ({
		manifest: async () => ({
			kept: 0,
			whole: true,
			files: Object.fromEntries(
				[...saved].map(([name, { size }]) => [name, { bytes: size, sha256: null, etag: null, whole: true }])
			)
		}),
		read: async (_: string, name: string) => saved.get(name) ?? null
	});
	const saving = new Saving({ session, library } as never, teaching, { describe: describeFiles, fetch, store });
	return { saving, library, teaching, asked, saved };
}

describe('models of what was learned', () => {
	it('stand in the list under the reader’s name, with the classes as outputs, and are kept', async () => {
		const { saving, library, asked } = make();
		await saving.save('My cats');
		expect(saving.lane.error).toBeNull();
		expect(saving.made).toMatchObject({ id: 'local/My-cats', title: 'My cats', classes: 3, trained: true });
		expect(asked[0]?.from).toMatchObject({ kind: 'files', keepAs: 'local/My-cats' });
		expect(library.own.source('local/My-cats', '').from).toEqual({ kind: 'kept', repo: 'local/My-cats' });
		await saving.save('My cats');
		expect(saving.models.map(({ id }) => id)).toEqual(['local/My-cats', 'local/My-cats-2']);
	});

	it('are here for the visit where this browser keeps nothing, which is said, and can be exported', async () => {
		const { saving } = make(new PatchworkError('storage', 'There is no room.'));
		await saving.save('My cats');
		expect(saving.notice).toBe('There is no room.');
		const archive = await saving.exported('local/My-cats');
		const files = unzipSync(new Uint8Array((await archive?.arrayBuffer()) ?? new ArrayBuffer()));
		expect(Object.keys(files)).toEqual(['config.json', 'model.safetensors']);
		expect(JSON.parse(Buffer.from(files['config.json'] ?? []).toString())).toMatchObject({ label_names: labels });
	});

	it('are exported from what this browser keeps, unless it has cleared that', async () => {
		const { saving, saved } = make();
		await saving.save('My cats');
		saved.set('config.json', new Blob(['{}']));
		saved.set('model.safetensors', new Blob(['weights']));
		const archive = await saving.exported('local/My-cats');
		const files = unzipSync(new Uint8Array((await archive?.arrayBuffer()) ?? new ArrayBuffer()));
		expect(Buffer.from(files['model.safetensors'] ?? []).toString()).toBe('weights');
		saved.clear();
		expect(await saving.exported('local/My-cats')).toBeNull();
		expect(saving.lane.error).toMatch(/^This browser has cleared the model’s files/);
	});

	it('are refused where another model is in use, and deleted with their files', async () => {
		const { saving, teaching } = make();
		await saving.save('My cats');
		await saving.remove('local/My-cats');
		expect([saving.models, saving.made]).toEqual([[], null]);
		teaching.fits = false;
		await saving.save('My cats');
		expect(saving.lane.error).toMatch(/^What was learned is of another model/);
	});
});
