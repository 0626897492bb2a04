import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { DownloadOptions } from '../../src/lib/models/download';
import type { Progress } from '../../src/lib/base/progress';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../tests/hub/folders';
import { startHub, type LocalHub } from '../../tests/hub/server';
import { addLabels, copyFromFolder, fetchFromHub } from './fetch-model';
import { safetensors } from './safetensors.fixture';

const SIZE = 150_000;
const weights = safetensors({ a: { dtype: 'U8', shape: [SIZE], data_offsets: [0, SIZE] } }, SIZE);
const config = { num_classes: 2 };

let hub: LocalHub;
let repo: ReturnType<typeof makeFolder>;
let work: ReturnType<typeof makeFolder>;

beforeEach(async () => {
	repo = makeFolder({ 'config.json': config, 'model.safetensors': weights, 'README.md': {} });
	work = makeFolder({});
	hub = await startHub({ 'a/b': repo.path });
});
afterEach(async () => {
	await hub.close();
	repo.remove();
	work.remove();
});

const target = () => `${work.path}/models/b`;
const part = () => `${work.path}/parts/model.safetensors.part`;

function fetchModel(options: DownloadOptions = {}) {
	return fetchFromHub(hub.endpoint, 'a/b', target(), { patience: 5_000, parts: `${work.path}/parts`, ...options });
}

function arrived() {
	return readFileSync(`${target()}/model.safetensors`).equals(weights);
}

describe('fetchFromHub', () => {
	it("brings the model's files and nothing else", async () => {
		await fetchModel();
		expect(readdirSync(target()).sort()).toEqual(['config.json', 'model.safetensors']);
		expect(arrived()).toBe(true);
		expect(readdirSync(`${work.path}/parts`)).toEqual([]);
	});

	it('goes on with what an earlier run left', async () => {
		hub.faults.slow = 20;
		const stop = new AbortController();
		const onProgress = ({ loaded }: Progress) => loaded > 60_000 && stop.abort();
		await expect(fetchModel({ signal: stop.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
		const kept = readFileSync(part()).length;
		expect(kept).toBeGreaterThan(0);
		await fetchModel();
		expect(hub.seen.at(-1)).toMatchObject({ range: `bytes=${kept}-`, ifRange: expect.stringMatching(/^"[0-9a-f]+"$/) });
		expect(arrived()).toBe(true);
	});

	it('refuses altered weights and starts from nothing the next time', async () => {
		hub.faults.altered = true;
		mkdirSync(`${work.path}/parts`);
		await expect(fetchModel()).rejects.toMatchObject({ code: 'checkpoint' });
		expect(existsSync(`${target()}/model.safetensors`)).toBe(false);
		hub.faults.altered = false;
		await fetchModel();
		expect(arrived()).toBe(true);
	});

	it('refuses weights that are whole for the hub but not by their own header', async () => {
		writeFileSync(`${repo.path}/model.safetensors`, weights.slice(0, 100_000));
		await expect(fetchModel()).rejects.toMatchObject({ message: expect.stringContaining('truncated') });
		expect(existsSync(`${target()}/model.safetensors`)).toBe(false);
	});

	it('says that nobody answers', async () => {
		await hub.close();
		await expect(fetchModel()).rejects.toMatchObject({ reason: 'offline' });
	});
});

describe('copyFromFolder', () => {
	it("copies the model's files", async () => {
		await copyFromFolder(repo.path, target());
		expect(readdirSync(target()).sort()).toEqual(['config.json', 'model.safetensors']);
		expect(arrived()).toBe(true);
	});

	it('says what a folder lacks', async () => {
		await expect(copyFromFolder(work.path, target())).rejects.toThrow('has no config.json and no model.safetensors');
	});
});

describe('addLabels', () => {
	function labelsAfter(names: string[], labels?: string[]) {
		const files = { 'config.json': config, ...(labels ? { 'labels.json': labels } : {}) };
		const folder = makeFolder({ ...files, 'names.json': names });
		addLabels(folder.path, `${folder.path}/names.json`);
		const path = `${folder.path}/labels.json`;
		const found: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
		folder.remove();
		return found;
	}

	it('adds one name a class, where there are none', () => {
		expect(labelsAfter(['owl', 'damselfly'])).toEqual(['owl', 'damselfly']);
		expect(labelsAfter(['owl', 'damselfly'], ['a', 'b'])).toEqual(['a', 'b']);
		expect(labelsAfter(['owl'])).toBeNull();
	});
});
