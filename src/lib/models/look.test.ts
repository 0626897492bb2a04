import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../tests/hub/folders';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { planCheckpoint } from '../engine/checkpoint/plan';
import { writeSafetensors } from '../engine/checkpoint/safetensors';
import { timmConfig, timmTensors } from '../engine/testing/checkpoint';
import { describeRepo } from './describe';
import { fetchModel } from './load';
import type { FetchModelOptions } from './model-files';
import { OpfsShelf } from './shelf-opfs';
import type { HubRepo } from './source';
import { ModelStore } from './store';

/** Long enough that a look at its beginning is much less than all of it. */
const long = { name: 'blocks.0.attn.q_norm.weight', shape: [100_000], data: new Float32Array(100_000) };
const odd = makeFolder({
	'config.json': timmConfig(),
	'model.safetensors': writeSafetensors([...timmTensors(), long])
});
const fine = makeFolder({ 'config.json': timmConfig(), 'model.safetensors': writeSafetensors(timmTensors()) });

let hub: LocalHub;
let store: ModelStore;

beforeEach(async () => {
	hub = await startHub({ 'a/odd': odd.path, 'a/fine': fine.path });
	store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)]);
});
afterEach(() => hub.close());
afterAll(() => [odd, fine].forEach((folder) => folder.remove()));

const at = (repo: string): HubRepo => ({ kind: 'hub', repo, endpoint: hub.endpoint });
const approve: FetchModelOptions['approve'] = ({ config, preprocessor }, table) => {
	planCheckpoint(config, preprocessor, table);
};

/** Looking at a model, and fetching it as the engine's worker does. Both must refuse by the table alone. */
describe.each([
	['looking at', (from: HubRepo) => describeRepo(from)],
	['fetching', (from: HubRepo) => fetchModel({ id: 'x', from }, { store, pause: 1, approve })]
])('%s a model', (_, look) => {
	it('that does not run asks for the beginning of its weights only, and keeps nothing', async () => {
		await expect(look(at('a/odd'))).rejects.toThrow(/a model that norms its queries and keys/);
		const ranges = hub.seen.filter(({ path }) => path.endsWith('.safetensors')).map(({ range }) => range);
		// The hub leads on to its store, so there is one request at each.
		expect(new Set(ranges)).toEqual(new Set(['bytes=0-65535']));
		expect(await store.list()).toEqual([]);
	});

	it('that runs gives it', async () => {
		expect(await look(at('a/fine'))).toHaveProperty('config');
	});
});

it('what an earlier visit left of the weights is looked at, and not fetched again', async () => {
	const stopping = new AbortController();
	hub.faults.slow = 20;
	const stopped = fetchModel(
		{ id: 'x', from: at('a/odd') },
		{ store, signal: stopping.signal, onProgress: ({ loaded }) => loaded > 70_000 && stopping.abort() }
	);
	await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
	hub.faults.slow = 0;
	const asked = hub.seen.length;
	const again = fetchModel({ id: 'x', from: at('a/odd') }, { store, pause: 1, approve });
	await expect(again).rejects.toThrow(/norms its queries and keys/);
	expect(hub.seen.slice(asked).some(({ path }) => path.endsWith('.safetensors'))).toBe(false);
});

it('files from the disk are refused before they are copied', async () => {
	const files = [
		new File([JSON.stringify(timmConfig())], 'config.json'),
		new File([writeSafetensors([...timmTensors(), long]).slice()], 'model.safetensors')
	];
	const source = { id: 'x', from: { kind: 'files', files, keepAs: 'local/x' } } as const;
	await expect(fetchModel(source, { store, approve })).rejects.toThrow(/norms its queries and keys/);
	expect(await store.list()).toEqual([]);
});
