import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { Progress } from '../base/progress';
import { LONGEST_ADDRESS, photoFromUrl, sharedAddress } from './from-url';
import { MAX_BYTES } from './inspect';

const address = 'https://photos.example/cat.jpg';

type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

function answer(response: Response | Error): Mock<Fetch> {
	const fetching = vi.fn<Fetch>();
	if (response instanceof Error) fetching.mockRejectedValue(response);
	else fetching.mockResolvedValue(response);
	vi.stubGlobal('fetch', fetching);
	return fetching;
}

function image(body: BodyInit, headers: Record<string, string> = {}): Response {
	return new Response(body, { headers: { 'content-type': 'image/png', ...headers } });
}

beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));
afterEach(() => vi.unstubAllGlobals());

describe('the address that a link carries', () => {
	it('is one that others can ask', () => {
		expect(sharedAddress(' HTTPS://Photos.example/a b.jpg ')).toBe('https://photos.example/a%20b.jpg');
		expect(sharedAddress(`https://photos.example/${'a'.repeat(LONGEST_ADDRESS - 23)}`)).toHaveLength(LONGEST_ADDRESS);
	});

	it.each([
		'http://localhost:8000/cat.jpg',
		'http://127.0.0.1/cat.jpg',
		'https://[::1]/cat.jpg',
		'http://my.localhost/cat.jpg',
		'blob:https://photos.example/123',
		'data:image/png;base64,AA',
		'cat.jpg',
		`https://photos.example/${'a'.repeat(LONGEST_ADDRESS - 22)}`
	])('is not %s', (here) => {
		expect(sharedAddress(here)).toBeUndefined();
	});
});

describe('photoFromUrl', () => {
	it('returns the bytes with their type, tells the progress, and sends nothing about the reader', async () => {
		const fetching = answer(image('abcde', { 'content-length': '5' }));
		const progress: Progress[] = [];
		const blob = await photoFromUrl(` ${address}\n`, { onProgress: (p) => progress.push(p) });
		expect([await blob.text(), blob.type]).toEqual(['abcde', 'image/png']);
		expect(progress.at(-1)).toEqual({ loaded: 5, total: 5 });
		expect(fetching.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
	});

	it('does not know the total of a compressed answer', async () => {
		answer(image('abcde', { 'content-length': '3', 'content-encoding': 'gzip' }));
		const progress: Progress[] = [];
		await photoFromUrl(address, { onProgress: (p) => progress.push(p) });
		expect(progress.at(-1)).toEqual({ loaded: 5, total: null });
	});

	it('reads a data address', async () => {
		const blob = await photoFromUrl(`data:image/png;base64,${btoa('pixels')}`);
		expect(await blob.text()).toBe('pixels');
	});

	it('lets the bytes decide where the server gives no useful type', async () => {
		answer(new Response('abc', { headers: { 'content-type': 'application/octet-stream' } }));
		expect((await photoFromUrl(address)).size).toBe(3);
	});

	it.each([
		['cat.jpg', /not a complete web address/],
		['ftp://photos.example/cat.jpg', /cannot read an address that starts with ftp:/],
		['file:///pictures/cat.jpg', /cannot read an address that starts with file:/]
	])('refuses the address %s without asking anyone', async (bad, sentence) => {
		const fetching = answer(image('abc'));
		await expect(photoFromUrl(bad)).rejects.toMatchObject({
			code: 'photo',
			message: expect.stringMatching(sentence) as string
		});
		expect(fetching).not.toHaveBeenCalled();
	});

	it.each([
		[
			'an error',
			new Response('', { status: 404, statusText: 'Not Found' }),
			'network',
			/photos.example answered with the error 404 Not Found/
		],
		[
			'a web page',
			new Response('<p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
			'photo',
			/is a web page, not a picture/
		],
		['a video', new Response('', { headers: { 'content-type': 'video/mp4' } }), 'photo', /of the type video\/mp4/],
		['too much', image('a', { 'content-length': '200000000' }), 'photo', /200 MB and the limit is 100 MB/],
		[
			'nothing readable',
			new TypeError('Failed to fetch'),
			'network',
			/the site at photos.example does not let other pages read its pictures; save the picture and drop the file here/
		]
	])('explains when the server answers with %s', async (_, response, code, sentence) => {
		const fetching = answer(response);
		await expect(photoFromUrl(address)).rejects.toMatchObject({
			code,
			message: expect.stringMatching(sentence) as string
		});
		const init = fetching.mock.calls[0]?.[1];
		expect(init?.signal?.aborted).toBe(true);
	});

	it('stops a server that sends more than it said', async () => {
		const chunk = new Uint8Array(MAX_BYTES / 4);
		const endless = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
		answer(image(endless));
		await expect(photoFromUrl(address)).rejects.toThrow(/has more than 100 MB, which is the limit/);
	});

	it('says when the device is offline', async () => {
		vi.stubGlobal('navigator', { onLine: false });
		answer(new TypeError('Failed to fetch'));
		await expect(photoFromUrl(address)).rejects.toMatchObject({
			code: 'network',
			message: expect.stringContaining('offline') as string
		});
	});

	it('names a blob address that has expired', async () => {
		answer(new TypeError('Failed to fetch'));
		await expect(photoFromUrl('blob:https://photos.example/123')).rejects.toThrow(/This blob address holds no picture/);
	});

	it('does not ask where the page may not', async () => {
		const fetching = answer(image('a'));
		await expect(photoFromUrl('http://photos.example/cat.jpg')).rejects.toThrow(/over https: alone; give the address/);
		expect(fetching).not.toHaveBeenCalled();
	});

	it('can be cancelled', async () => {
		const controller = new AbortController();
		vi.stubGlobal('fetch', (_: URL, { signal }: RequestInit) => {
			controller.abort();
			return Promise.reject(signal?.reason);
		});
		await expect(photoFromUrl(address, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
	});
});
