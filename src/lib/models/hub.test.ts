import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, someBytes } from '../../../tests/hub/folders';
import { startHub, type LocalHub } from '../../../tests/hub/server';
import { sha256 } from './checksum';
import { fileUrl, listRepo } from './hub';

const weights = someBytes(1000);
const folder = makeFolder({ 'config.json': { classes: 3 }, 'model.safetensors': weights });
let hub: LocalHub;

beforeEach(async () => void (hub = await startHub({ 'timm/tiny': folder.path })));
afterEach(() => hub.close());
afterAll(() => folder.remove());

describe('listRepo', () => {
	it('gives path, size and, for large files, the checksum', async () => {
		const files = await listRepo(hub.endpoint, 'timm/tiny');
		expect(files.toSorted((a, b) => a.bytes - b.bytes)).toEqual([
			{ path: 'config.json', bytes: 13, sha256: null },
			{ path: 'model.safetensors', bytes: 1000, sha256: await sha256(weights.buffer) }
		]);
	});

	it.each([
		[404, 'not-found', /does not have timm\/tiny \(404\)/],
		[401, 'gated', /does not give timm\/tiny without an account \(401\)/],
		[403, 'gated', /\(403\)/],
		[429, 'server', /cannot send timm\/tiny just now \(429\)/],
		[503, 'server', /\(503\)/],
		[418, 'unexpected', /answered 418/]
	])('says what status %i means', async (status, reason, message) => {
		hub.faults.status = status;
		const failure = expect(listRepo(hub.endpoint, 'timm/tiny')).rejects;
		await failure.toMatchObject({ code: 'network', reason, message: expect.stringMatching(message) });
	});

	it('refuses an answer that is no list of files', async () => {
		hub.faults.page = true;
		const failure = expect(listRepo(hub.endpoint, 'timm/tiny')).rejects;
		await failure.toMatchObject({ reason: 'unexpected', message: expect.stringContaining('list of files') });
	});

	it.each([-1, 1.5, 1e300, '13', null])('refuses a list with a file of %j bytes', async (size) => {
		const fetch = async () => Response.json([{ type: 'file', path: 'config.json', size }]);
		const failure = expect(listRepo('https://h.example', 'a/b', { fetch })).rejects;
		await failure.toMatchObject({ reason: 'unexpected' });
	});

	it('is not asked of a hub that a page may not ask, while a command line may', async () => {
		const fetch = vi.fn(() => Promise.resolve(Response.json([])));
		expect(await listRepo('http://hub.example', 'a/b', { fetch })).toEqual([]);
		vi.stubGlobal('location', new URL('https://site.example/'));
		const failure = expect(listRepo('http://hub.example', 'a/b', { fetch })).rejects;
		await failure.toMatchObject({ message: expect.stringContaining('not from hub.example') });
		vi.unstubAllGlobals();
		expect(fetch).toHaveBeenCalledOnce();
	});

	it('names the host that did not answer', async () => {
		await hub.close();
		const { host } = new URL(hub.endpoint);
		const failure = expect(listRepo(hub.endpoint, 'timm/tiny')).rejects;
		await failure.toMatchObject({ reason: 'offline', message: expect.stringContaining(`${host} did not answer`) });
	});

	it('counts a hub that takes too long as one that does not answer', async () => {
		hub.faults.hang = true;
		const failure = expect(listRepo(hub.endpoint, 'timm/tiny', { signal: AbortSignal.timeout(50) })).rejects;
		await failure.toMatchObject({ reason: 'offline' });
	});

	it('can be cancelled', async () => {
		const failure = expect(listRepo(hub.endpoint, 'timm/tiny', { signal: AbortSignal.abort() })).rejects;
		await failure.toMatchObject({ code: 'cancelled' });
	});
});

describe('fileUrl', () => {
	it('leads to the file on another origin', async () => {
		const response = await fetch(fileUrl(hub.endpoint, 'timm/tiny', 'model.safetensors'));
		expect(new URL(response.url).origin).toBe(hub.cdn);
		expect(new Uint8Array(await response.arrayBuffer())).toEqual(weights);
	});

	it('escapes what a path may hold', () => {
		expect(fileUrl('https://h.example', 'a/b', 'c d/e?.json')).toBe(
			'https://h.example/a/b/resolve/main/c%20d/e%3F.json'
		);
	});
});
