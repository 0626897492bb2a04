import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { makeRepos } from '../../../tests/hub/repos';
import { fetchModel } from './load';
import { filesSource, modelFiles } from './from-files';
import { OpfsShelf } from './shelf-opfs';
import type { KeptFiles, ModelSource } from './source';
import { ModelStore } from './store';
import { bytesOf } from './testing';

const repos = makeRepos();
let disk: MemoryOpfs;
let store: ModelStore;

beforeEach(() => {
	disk = new MemoryOpfs();
	store = new ModelStore([new OpfsShelf(disk.getDirectory)]);
});
afterAll(() => repos.remove());

/** A repository's folder, as somebody drops it. */
function dropped(repo: string): File[] {
	const folder = repos.folders[repo] ?? '';
	return readdirSync(folder).map((name) => new File([readFileSync(join(folder, name))], name));
}

const weightsOf = (repo: string) =>
	Buffer.concat(
		dropped(repo)
			.filter(({ name }) => name.endsWith('.safetensors'))
			.map(({ name }) => readFileSync(join(repos.folders[repo] ?? '', name)))
	);

const kept: ModelSource = { id: 'local/mine', from: { kind: 'kept', repo: 'local/mine' } };
const sourceOf = (files: readonly File[]) => filesSource(modelFiles(files), 'mine');

describe.each(['made-up/timm', 'made-up/parts'])('the dropped files of %s', (repo) => {
	it('are read where they lie, and kept for the next visit', async () => {
		const files = await fetchModel(sourceOf(dropped(repo)), { store });
		expect((await bytesOf(files)).equals(weightsOf(repo))).toBe(true);
		expect(files).toMatchObject({ notKept: null, weights: { held: false } });
		expect(await store.list()).toMatchObject([{ repo: 'local/mine', whole: true, local: true }]);
		const again = await fetchModel(kept, { store });
		expect((await bytesOf(again)).equals(weightsOf(repo))).toBe(true);
		expect(again.config).toEqual(files.config);
	});
});

describe('dropped files', () => {
	it('work also where there is no room to keep them, and nothing is left of them', async () => {
		disk.quota = 5000;
		const files = await fetchModel(sourceOf(dropped('made-up/timm')), { store });
		expect(files.notKept?.message).toMatch(/^There is no room left in this browser/);
		expect((await bytesOf(files)).equals(weightsOf('made-up/timm'))).toBe(true);
		expect(await store.list()).toEqual([]);
	});

	it('are not kept where nobody asks for it', async () => {
		const { id, from } = sourceOf(dropped('made-up/timm'));
		await fetchModel({ id, from: { ...from, keepAs: undefined } as ModelSource['from'] }, { store });
		expect(await store.list()).toEqual([]);
	});

	it('leave nothing behind when they are cancelled', async () => {
		const signal = AbortSignal.abort();
		const failure = expect(fetchModel(sourceOf(dropped('made-up/timm')), { store, signal })).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
		expect(await store.list()).toEqual([]);
	});

	it.each([
		['made-up/convnext', /'convnext_tiny'/],
		['made-up/not-json', /^config\.json is not a JSON file/],
		['made-up/part-missing', /lacks model-00002/]
	])('of %s are refused in one sentence, and not kept', async (repo, says) => {
		await expect(fetchModel(sourceOf(dropped(repo)), { store })).rejects.toThrow(says);
		expect(await store.list()).toEqual([]);
	});

	it('that are too large for this device are refused', async () => {
		vi.stubGlobal('navigator', { deviceMemory: 2 ** -17 });
		const failure = expect(fetchModel(sourceOf(dropped('made-up/timm')), { store })).rejects;
		await failure.toMatchObject({ reason: 'too-large' });
		vi.unstubAllGlobals();
	});

	it('of an earlier visit that the browser has cleared are asked for again', async () => {
		await fetchModel(sourceOf(dropped('made-up/timm')), { store });
		disk.evict();
		await expect(fetchModel(kept, { store })).rejects.toThrow(
			/is no longer in this browser: drop its files here again/
		);
	});

	it.each(['made-up/parts', 'made-up/timm'])(
		'are not taken for %s, put under their name by another tab',
		async (other) => {
			await fetchModel(sourceOf(dropped('made-up/timm')), { store });
			const inUse = await fetchModel(kept, { store });
			expect((await bytesOf(inUse)).equals(weightsOf('made-up/timm'))).toBe(true);
			const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1000);
			await fetchModel(sourceOf(dropped(other)), { store });
			later.mockRestore();
			await expect(inUse.weights.open()).rejects.toThrow(
				'Another tab has put other files in the place of this model’s: drop its files here again.'
			);
			// In another worker, too, where only what is said of it is known.
			const { kept: since } = inUse;
			const asked = fetchModel({ ...kept, from: { ...kept.from, kept: since } as KeptFiles }, { store });
			await expect(asked).rejects.toMatchObject({ code: 'storage' });
		}
	);
});
