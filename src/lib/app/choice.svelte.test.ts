import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PatchworkError } from '../base/errors';
import { settle } from '../base/testing';
import { modelEntry } from '../models/registry';
import type { StoredModel } from '../models/store';
import { Library } from './library.svelte';
import { Session } from './session.svelte';
import { cut, FakeEngine } from '../run/testing';
import { SMALL_CONFIG } from '../engine/testing/small';
import { labelOf, ModelChoice } from './choice.svelte';

const [small, large] = [modelEntry('vit-tiny'), modelEntry('dino-s8')];

let engine: FakeEngine;
let session: Session;
let library: Library;
let choice: ModelChoice;
let stored: StoredModel[];

beforeEach(async () => {
	engine = new FakeEngine();
	session = new Session(() => engine, cut);
	stored = [];
	library = new Library({
		site: () => 'https://example.org/',
		store: () => ({ list: async () => stored, delete: async () => undefined }),
		listSite: async () => ({})
	});
	choice = new ModelChoice(session, library);
	await session.start();
	await library.refresh();
});

describe('ModelChoice', () => {
	it('fetches what is small without a question', async () => {
		await choice.choose(small);
		expect(choice.id).toBe(small.id);
		expect(library.asking.about).toBeNull();
	});

	it('asks before it fetches much, and leaves it where the answer is no', async () => {
		const chosen = choice.choose(large);
		expect(library.asking.about).toBe(large);
		library.asking.answer(false);
		await chosen;
		expect(choice.id).toBeNull();
		const again = choice.choose(large);
		library.asking.answer(true);
		await again;
		expect(choice.id).toBe(large.id);
	});

	it('keeps the site for later once nobody waits for the engine, with its model where that is the site’s', async () => {
		const kept: (string | null)[] = [];
		choice = new ModelChoice(session, library, async (model) => void kept.push(model));
		await choice.choose(small);
		await settle();
		expect(kept).toEqual([]);
		engine.rest.resolve(null);
		await settle();
		expect(kept).toEqual([library.place(small) === 'site' ? small.id : null]);
	});

	it('does not keep the site that the reader has forgotten meanwhile', async () => {
		const keepSite = vi.fn(async () => undefined);
		choice = new ModelChoice(session, library, keepSite);
		await choice.choose(small);
		choice.forgetSite();
		engine.rest.resolve(null);
		await settle();
		expect(keepSite).not.toHaveBeenCalled();
		await choice.choose(small);
		await settle();
		expect(keepSite).toHaveBeenCalledOnce();
	});

	it('does not ask about what is here already', async () => {
		stored = [{ repo: large.repo ?? '', bytes: 1, total: 1, whole: true, kept: 0, local: false }];
		await library.look();
		await choice.choose(large);
		expect(choice.id).toBe(large.id);
	});

	it('says from where a model comes: from this device, nothing is fetched', async () => {
		expect(labelOf('ViT-Tiny', 'hub')).toBe('Fetching ViT-Tiny');
		expect(labelOf('ViT-Tiny', 'site')).toBe('Loading ViT-Tiny');
		expect(labelOf('ViT-Tiny', 'disk')).toBe('Reading ViT-Tiny from this device');
		stored = [{ repo: large.repo ?? '', bytes: 1, total: 1, whole: true, kept: 0, local: false }];
		await library.look();
		const chosen = choice.choose(large);
		expect(session.models.task?.label).toBe(`Reading ${large.title} from this device`);
		await chosen;
	});

	it('tries again what failed, until it works', async () => {
		engine.failLoad = new PatchworkError('network', 'Offline.');
		await choice.use(small);
		expect([choice.canRetry, choice.id, session.models.error]).toEqual([true, null, 'Offline.']);
		engine.failLoad = null;
		await choice.retry();
		expect([choice.canRetry, choice.id]).toEqual([false, small.id]);
	});

	it('takes a model of the reader’s own into the library, and uses it', async () => {
		await choice.take({
			description: {
				title: 'mine',
				bytes: 10,
				weightFiles: 1,
				architecture: 'vit',
				config: SMALL_CONFIG,
				parameters: 10,
				licence: null,
				ask: false,
				keepable: true
			},
			source: { id: 'local/mine', from: { kind: 'files', files: [], keepAs: 'local/mine' } }
		});
		expect(choice.id).toBe('local/mine');
		const entry = library.find('local/mine');
		expect(entry && [entry.title, library.place(entry)]).toEqual(['mine', 'disk']);
	});

	it('says what is wrong with files that were dropped', async () => {
		await choice.drop(Promise.resolve({ files: [new File(['x'], 'pytorch_model.bin')], folder: null }));
		expect(session.models.error).toMatch(/config\.json|safetensors/);
	});

	it('waits for the rest where one file of two was dropped', async () => {
		const drop = (name: string) => choice.drop(Promise.resolve({ files: [new File(['{}'], name)], folder: null }));
		await drop('config.json');
		expect(choice.missing).toBe('config.json is here; now add model.safetensors.');
		expect([session.models.error, choice.canRetry]).toEqual([null, false]);
		await drop('model.safetensors');
		expect(choice.missing).toBeNull();
		expect(session.models.error).toMatch(/names no architecture/);
		await drop('config.json');
		choice.forgetDropped();
		await drop('model.safetensors');
		expect(choice.missing).toBe('model.safetensors is here; now add config.json.');
	});

	it('goes on with a download by its key in the store', async () => {
		const use = vi.spyOn(choice, 'use').mockResolvedValue(true);
		await choice.goOn(large.repo ?? '');
		expect(use).toHaveBeenLastCalledWith(large);
		await choice.goOn('someone/else');
		expect(use).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'someone/else', own: true }));
	});
});
