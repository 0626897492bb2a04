import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, someBytes } from '../../tests/hub/folders';
import { listen, siteHandler } from './serve.js';

const text = (content: string) => new TextEncoder().encode(content);
const folder = makeFolder({
	'index.html': text('home'),
	'404.html': text('nothing here'),
	'inspect/index.html': text('inspector'),
	'embed/index.html': text('a figure'),
	'_app/immutable/a.wasm': someBytes(10),
	'models/tiny/model.safetensors': someBytes(1000)
});
let address: string;

beforeAll(async () => void (address = await listen(siteHandler(folder.path), { port: 0, host: '127.0.0.1' })));
afterAll(() => folder.remove());

const get = (path: string, headers = {}) => fetch(address + path, { headers, redirect: 'manual' });

describe('the server of the built site', () => {
	it.each(['', 'inspect/', 'nowhere'])('isolates /%s', async (path) => {
		const { headers } = await get(path);
		expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
		expect(headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
	});

	it('lets isolated pages elsewhere frame the page for that, and no other', async () => {
		const policy = async (path: string) => (await get(path)).headers.get('Cross-Origin-Resource-Policy');
		expect(await policy('embed/?block=1')).toBe('cross-origin');
		expect(await policy('inspect/')).toBe('same-origin');
		expect(await policy('_app/immutable/a.wasm')).toBe('same-origin');
	});

	it('names the types that a browser insists on', async () => {
		expect((await get('_app/immutable/a.wasm')).headers.get('Content-Type')).toBe('application/wasm');
		expect((await get('models/tiny/model.safetensors')).headers.get('Content-Type')).toBe('application/octet-stream');
		expect((await get('')).headers.get('Content-Type')).toMatch('text/html');
	});

	it('keeps for ever only what can never change', async () => {
		expect((await get('_app/immutable/a.wasm')).headers.get('Cache-Control')).toMatch('immutable');
		expect((await get('')).headers.get('Cache-Control')).toBe('no-cache');
	});

	it('serves ranges', async () => {
		const response = await get('models/tiny/model.safetensors', { Range: 'bytes=100-199' });
		expect(response.status).toBe(206);
		expect(new Uint8Array(await response.arrayBuffer())).toEqual(someBytes(1000).slice(100, 200));
	});

	it('sends a page without its slash to the page', async () => {
		const response = await get('inspect?block=3');
		expect(response.status).toBe(308);
		expect(response.headers.get('Location')).toBe('/inspect/?block=3');
		expect(await (await get('inspect/?block=3')).text()).toBe('inspector');
	});

	it('has a page for what is not there', async () => {
		const response = await get('nowhere');
		expect(response.status).toBe(404);
		expect(await response.text()).toBe('nothing here');
		expect((await get('../package.json')).status).toBe(404);
	});

	it('takes the next port when one is taken', async () => {
		const next = await listen(siteHandler(folder.path), { port: Number(new URL(address).port), host: '127.0.0.1' });
		expect(Number(new URL(next).port)).toBeGreaterThan(Number(new URL(address).port));
	});
});
