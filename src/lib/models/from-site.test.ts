import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { someBytes } from '../../../tests/hub/folders';
import { MemoryOpfs } from '../../../tests/hub/opfs';
import { deferred } from '../base/testing';
import { writeSafetensors } from '../engine/checkpoint/safetensors';
import { fetchModel } from './load';
import type { FetchModelOptions } from './model-files';
import { Scratch } from './scratch';
import { OpfsShelf } from './shelf-opfs';
import type { SiteIndex } from './site';
import type { ModelSource } from './source';
import { bytesOf } from './testing';

const site = 'https://site.example/patchwork/';
const source: ModelSource = { id: 'tiny', from: { kind: 'site', folder: `${site}models/tiny/` } };
const sha256 = '1b4b8a3dd1ff2b5c3b8dd2e2a6b7b8d53c1ab0c0f9b0a8c4c5d0a3f4e5d6c7b8';
const config = { architecture: 'vit_made_up' };
const weights = someBytes(100_000);

interface Asked {
	readonly path: string;
	readonly cache: RequestCache | undefined;
}

/** A site in memory: what lies at which path, JSON for anything that is not bytes. */
function serve(contents: Record<string, unknown>) {
	const asked: Asked[] = [];
	const fetch = async (input: string | URL | Request, init?: RequestInit) => {
		const path = String(input).slice(site.length);
		asked.push({ path, cache: init?.cache });
		const content = contents[path];
		if (content === undefined) return new Response(null, { status: 404 });
		return new Response(content instanceof Uint8Array ? content.slice() : JSON.stringify(content));
	};
	return { asked, fetch };
}

function indexOf(files: Record<string, Uint8Array>): SiteIndex {
	const entries = Object.entries(files).map(([path, data]) => {
		return { path, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
	});
	return { tiny: entries };
}

const index = indexOf({
	'config.json': new TextEncoder().encode(JSON.stringify(config)),
	'model.safetensors': weights
});
const whole = { 'models.json': index, 'models/tiny/config.json': config, 'models/tiny/model.safetensors': weights };

describe('fetchModel from a site', () => {
	it('foresees a model from the head of its weights, before they are here', async () => {
		const tensor = { name: 'w', shape: [30_000], data: new Float32Array(30_000) };
		const file = new Uint8Array(writeSafetensors([tensor]));
		const { fetch } = serve(whole);
		let release = () => {};
		const held = new Promise<void>((done) => (release = done));
		const slowly = (input: string | URL | Request, init?: RequestInit) => {
			if (!String(input).endsWith('.safetensors')) return fetch(input, init);
			const parts = [file.slice(0, 70_000), file.slice(70_000)];
			const pull = async (controller: ReadableStreamDefaultController) => {
				if (parts.length === 1) await held;
				const part = parts.shift();
				if (part) controller.enqueue(part);
				else controller.close();
			};
			return Promise.resolve(new Response(new ReadableStream({ pull })));
		};
		const told = { 'config.json': new TextEncoder().encode(JSON.stringify(config)), 'model.safetensors': file };
		const seen = deferred<unknown>();
		const foresee: FetchModelOptions['foresee'] = (contents, table) =>
			seen.resolve([contents.config, [...table.keys()]]);
		const whileHeld = fetchModel(source, { fetch: slowly, index: indexOf(told), foresee });
		expect(await seen.promise).toEqual([config, ['w']]);
		release();
		expect((await whileHeld).weights.bytes).toBe(file.length);
	});

	it('leaves it to whoever reads all of it to say that it is no checkpoint', async () => {
		const foresee = vi.fn();
		await expect(fetchModel(source, { fetch: serve(whole).fetch, foresee })).resolves.toMatchObject({ config });
		expect(foresee).not.toHaveBeenCalled();
	});

	it('asks only for what the list of models names', async () => {
		const { asked, fetch } = serve(whole);
		expect(await fetchModel(source, { fetch })).toMatchObject({ config, preprocessor: null, labels: null });
		expect(asked.map(({ path }) => path)).toEqual([
			'models.json',
			'models/tiny/config.json',
			'models/tiny/model.safetensors'
		]);
	});

	it("holds no weights once they were handed out, and takes them from the browser's cache when they are asked for again", async () => {
		const { asked, fetch } = serve(whole);
		const files = await fetchModel(source, { fetch });
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(asked).toHaveLength(3);
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(asked.slice(3)).toEqual([{ path: 'models/tiny/model.safetensors', cache: 'force-cache' }]);
	});

	it('needs no network for what this visit has used before, as long as it is on the disk', async () => {
		const disk = new MemoryOpfs();
		const scratch = new Scratch(new OpfsShelf(disk.getDirectory), undefined);
		const { fetch } = serve(whole);
		await bytesOf(await fetchModel(source, { fetch, scratch }));
		const { asked, fetch: online } = serve(whole);
		expect((await bytesOf(await fetchModel(source, { fetch: online, scratch }))).equals(weights)).toBe(true);
		expect(asked.map(({ path }) => path)).not.toContain('models/tiny/model.safetensors');
		const offline = async () => Promise.reject(new TypeError('Failed to fetch'));
		const again = await fetchModel(source, { fetch: offline, scratch });
		expect(again).toMatchObject({ config, labels: null });
		expect((await bytesOf(again)).equals(weights)).toBe(true);
		disk.evict();
		await expect(fetchModel(source, { fetch: offline, scratch })).rejects.toMatchObject({
			reason: 'offline',
			message: expect.stringContaining('was not kept on this device: use it once with a network')
		});
	});

	it('gives the weights out before they are checked where that is asked for, and tells of other ones', async () => {
		const { fetch } = serve(whole);
		const files = await fetchModel(source, { fetch, checksLater: true });
		await files.checked;
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		const other = weights.map((byte, at) => (at === 5 ? byte + 1 : byte));
		const { fetch: lying } = serve({ ...whole, 'models/tiny/model.safetensors': other });
		const begun = await fetchModel(source, { fetch: lying, checksLater: true });
		await expect(begun.checked).rejects.toMatchObject({ reason: 'altered' });
		await expect(fetchModel(source, { fetch: lying })).rejects.toMatchObject({ reason: 'altered' });
	});

	it('leaves nothing on the disk of whoever has it as a guest in another page', async () => {
		const scratch = new Scratch(null);
		const put = vi.spyOn(scratch, 'put');
		const { fetch } = serve(whole);
		(await fetchModel({ ...source, unkept: true }, { fetch, scratch })).weights.settle?.();
		expect(put).not.toHaveBeenCalled();
		const { weights } = await fetchModel(source, { fetch, scratch });
		weights.settle?.();
		weights.settle?.();
		expect(put).toHaveBeenCalledOnce();
	});

	it('writes onto the disk only when nobody waits any more, or somebody reads it again', async () => {
		const disk = new MemoryOpfs();
		const scratch = new Scratch(new OpfsShelf(disk.getDirectory), undefined);
		const put = vi.spyOn(scratch, 'put');
		const { fetch, asked } = serve(whole);
		const files = await fetchModel(source, { fetch, scratch });
		await bytesOf(files);
		expect(put).not.toHaveBeenCalled();
		const before = asked.length;
		expect((await bytesOf(files)).equals(weights)).toBe(true);
		expect(put).toHaveBeenCalledOnce();
		expect(asked).toHaveLength(before);
		disk.evict();
	});

	it('gives the weights up where the small files say that it cannot run', async () => {
		let signal: AbortSignal | null | undefined;
		const { fetch } = serve({ ...whole, 'models/tiny/config.json': [] });
		const watched: typeof globalThis.fetch = (input, init) => {
			if (String(input).endsWith('.safetensors')) {
				signal = init?.signal;
				return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('given up'))));
			}
			return fetch(input as string, init);
		};
		await expect(fetchModel(source, { fetch: watched })).rejects.toThrow();
		expect(signal?.aborted).toBe(true);
	});

	it.each([
		['truncated', weights.slice(0, 60_000), 'incomplete'],
		['altered', weights.toReversed(), 'altered']
	])('refuses %s weights', async (_, served, reason) => {
		const { fetch } = serve({ ...whole, 'models/tiny/model.safetensors': served });
		await expect(fetchModel(source, { fetch, pause: 1 })).rejects.toMatchObject({ reason });
	});

	it('says that a model is not there', async () => {
		const { fetch } = serve({ 'models.json': {} });
		await expect(fetchModel(source, { fetch })).rejects.toMatchObject({ reason: 'not-found' });
	});

	it.each([
		[[]],
		[{ tiny: [{ path: 'config.json', bytes: '539', sha256 }] }],
		[{ tiny: [{ path: 'config.json', bytes: -1, sha256 }] }],
		['<!doctype html>']
	])('refuses a list of models that is none: %o', async (list) => {
		const { fetch } = serve({ 'models.json': list });
		await expect(fetchModel(source, { fetch })).rejects.toMatchObject({ reason: 'unexpected' });
	});
});
