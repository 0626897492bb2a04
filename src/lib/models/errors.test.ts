import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { makeRepos } from '../../../tests/hub/repos';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { describeRepo } from './describe';
import { fetchModel } from './load';
import { OpfsShelf } from './shelf-opfs';
import type { HubRepo } from './source';
import { ModelStore } from './store';

const repos = makeRepos();
let hub: LocalHub;
let store: ModelStore;

beforeEach(async () => {
	hub = await startHub(repos.folders, { traits: { 'made-up/gated': { gated: true } } });
	store = new ModelStore([new OpfsShelf(new MemoryOpfs().getDirectory)]);
});
afterEach(() => hub.close());
afterAll(() => repos.remove());

const at = (repo: string, revision?: string): HubRepo => ({ kind: 'hub', repo, endpoint: hub.endpoint, revision });

/** Looking at a model, and fetching it without having looked. Both must refuse alike. */
const ways = [
	['looking at', (from: HubRepo) => describeRepo(from)],
	['fetching', (from: HubRepo) => fetchModel({ id: 'x', from }, { store, pause: 1 })]
] as const;

const REFUSED = [
	{
		repo: 'made-up/gated',
		code: 'network',
		reason: 'gated',
		says: /^made-up\/gated is gated on 127\.0\.0\.1:\d+: its owners give it only to people with an account/
	},
	{
		repo: 'nobody/nothing',
		code: 'network',
		reason: 'not-found',
		says: /^127\.0\.0\.1:\d+ has no repository nobody\/nothing that is public: check the name\.$/
	},
	{
		repo: 'made-up/convnext',
		code: 'config',
		says: /^made-up\/convnext is of the architecture 'convnext_tiny', and what runs here are ViT, DeiT, DINO, DINOv2, DINOv3, MAE, MSN, I-JEPA, CLIP, SigLIP, Swin, ResNet and MobileNetV2/
	},
	{ repo: 'made-up/bert', code: 'config', says: /the architecture 'bert'/ },
	{
		repo: 'made-up/nameless',
		code: 'config',
		says: /names no architecture, neither as timm does nor as Hugging Face does/
	},
	{
		repo: 'made-up/pickle',
		code: 'checkpoint',
		reason: 'format',
		says: /^made-up\/pickle has its weights only as pytorch_model\.bin, a format that can hide programs/
	},
	{ repo: 'made-up/keras', code: 'checkpoint', reason: 'format', says: /only as tf_model\.h5/ },
	{
		repo: 'made-up/empty',
		code: 'network',
		reason: 'not-found',
		says: /^made-up\/empty has no model\.safetensors, which every model here needs/
	},
	{ repo: 'made-up/no-config', code: 'network', reason: 'not-found', says: /^made-up\/no-config has no config\.json/ },
	{ repo: 'made-up/not-json', code: 'config', says: /^config\.json is not a JSON file/ },
	{
		repo: 'made-up/part-missing',
		code: 'network',
		reason: 'not-found',
		says: /lacks model-00002-of-00002\.safetensors, a part of its weights/
	},
	{ repo: 'made-up/bad-index', code: 'network', reason: 'unexpected', says: /names no files/ }
] as const;

describe.each(ways)('%s a model', (_, look) => {
	it.each(REFUSED)('refuses $repo in one sentence, before any weights', async ({ repo, says, ...error }) => {
		const failure = expect(look(at(repo))).rejects;
		await failure.toMatchObject({ ...error, message: expect.stringMatching(says) });
		expect(hub.seen.filter(({ path }) => path.endsWith('.safetensors'))).toEqual([]);
		expect(await store.list()).toEqual([]);
	});

	it('says that there is no such revision', async () => {
		const failure = expect(look(at('made-up/timm', 'v9'))).rejects;
		await failure.toMatchObject({ reason: 'not-found', message: expect.stringMatching(/in that revision/) });
	});

	it.each([
		[{ page: true }, 'unexpected', /something other than a list of files/],
		[{ status: 503 }, 'server', /just now \(503\)/],
		[{ status: 403 }, 'gated', /without an account \(403\)/]
	])('says what is wrong with a hub that answers %o', async (faults, reason, says) => {
		Object.assign(hub.faults, faults);
		await expect(look(at('made-up/timm'))).rejects.toMatchObject({ reason, message: expect.stringMatching(says) });
	});

	it('says that the hub does not answer', async () => {
		await hub.close();
		await expect(look(at('made-up/timm'))).rejects.toMatchObject({ reason: 'offline' });
	});

	it('says that this device is offline', async () => {
		vi.stubGlobal('navigator', { onLine: false });
		await hub.close();
		await expect(look(at('made-up/timm'))).rejects.toThrow(/^This device is offline/);
		vi.unstubAllGlobals();
	});

	it('refuses what is too large for this device', async () => {
		vi.stubGlobal('navigator', { deviceMemory: 2 ** -17 });
		const failure = expect(look(at('made-up/timm'))).rejects;
		await failure.toMatchObject({
			reason: 'too-large',
			message: expect.stringMatching(/is too large for this device/)
		});
		vi.unstubAllGlobals();
	});
});

describe('weights', () => {
	it('with another checksum are refused and not kept', async () => {
		hub.faults.altered = true;
		const failure = expect(fetchModel({ id: 'x', from: at('made-up/timm') }, { store, pause: 1 })).rejects;
		await failure.toMatchObject({ code: 'checkpoint', reason: 'altered' });
		expect(await store.list()).toEqual([]);
	});

	it('that are none are refused when they are looked at', async () => {
		await expect(describeRepo(at('made-up/not-weights'))).rejects.toMatchObject({ code: 'checkpoint' });
	});
});
