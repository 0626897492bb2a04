import { afterEach, expect, it, vi } from 'vitest';
import { beginFirst, beginPhoto, saidByHead } from './said-by-head';

const SITE = 'https://site.example/de/';
const start = { id: 0, kind: 'start', params: { force: null } };

afterEach(() => vi.unstubAllGlobals());

it.each([
	['patchwork-engine', []],
	['patchwork-engine?', []],
	['patchwork-engine?start=', [start]],
	[
		`patchwork-engine?${new URLSearchParams({ start: '', site: SITE })}`,
		[start, { kind: 'ahead', site: SITE, sample: null, photo: null }]
	],
	[
		`patchwork-engine?${new URLSearchParams({ start: '', site: SITE, sample: 'ball' })}`,
		[start, { kind: 'ahead', site: SITE, sample: 'ball', photo: null }]
	],
	[
		`patchwork-engine?${new URLSearchParams({ start: '', site: SITE, sample: 'ball', photo: 'samples/ball.webp' })}`,
		[start, { kind: 'ahead', site: SITE, sample: 'ball', photo: 'samples/ball.webp' }]
	]
])('a worker called %s is asked for %j', (name, said) => expect(saidByHead(name)).toEqual(said));

it('asks for the first model’s files once the script that begins them has run', async () => {
	const fetch = vi.fn(async () => new Response('{}'));
	vi.stubGlobal('fetch', fetch);
	const first = beginFirst([{ kind: 'ahead', site: SITE, sample: null, photo: null }]);
	expect(fetch).not.toHaveBeenCalled();
	expect((await first)?.source.from).toMatchObject({ kind: 'site' });
	expect(fetch).toHaveBeenCalledWith(`${SITE}models.json`, expect.anything());
});

it('asks for the sample likewise, where one is to be run', async () => {
	const fetch = vi.fn(async () => new Response('{}', { status: 404 }));
	vi.stubGlobal('fetch', fetch);
	const photo = beginPhoto([{ kind: 'ahead', site: SITE, sample: 'ball', photo: null }]);
	expect(fetch).not.toHaveBeenCalled();
	await expect(photo).rejects.toMatchObject({ code: 'network' });
	expect(fetch).toHaveBeenCalledWith(`${SITE}samples/samples.json`);
	expect(beginPhoto([{ kind: 'ahead', site: SITE, sample: null, photo: null }])).toBeNull();
});

it('asks for the photo itself, where it is known where that lies', async () => {
	const fetch = vi.fn(async () => new Response(null, { status: 404 }));
	vi.stubGlobal('fetch', fetch);
	const photo = beginPhoto([{ kind: 'ahead', site: SITE, sample: 'ball', photo: 'samples/ball.webp' }]);
	await expect(photo).rejects.toMatchObject({ code: 'network' });
	expect(fetch.mock.calls).toEqual([[`${SITE}samples/ball.webp`, undefined]]);
});

it('asks for nothing where no page is on its way', () =>
	expect([beginFirst([]), beginPhoto([])]).toEqual([null, null]));
