import { expect, it } from 'vitest';
import { beginFiles } from './begun';

const URLS = ['https://site.example/a', 'https://site.example/b'] as const;
const [A, B] = URLS;

/** Notes what is asked for, and answers with the number of the question unless it was given up. */
function answering() {
	const asked: { readonly url: string; readonly signal: AbortSignal | null | undefined }[] = [];
	const fetch = async (input: string | URL | Request, init?: RequestInit) => {
		asked.push({ url: String(input), signal: init?.signal });
		return new Response(String(asked.length));
	};
	return { asked, fetch };
}

it('asks for files before anybody wants them, and hands each out once', async () => {
	const { asked, fetch } = answering();
	const begun = beginFiles(URLS, fetch);
	expect(asked.map(({ url }) => url)).toEqual(URLS);
	expect(await (await begun.fetch(B)).text()).toBe('2');
	expect(await (await begun.fetch(B)).text()).toBe('3');
	expect(await (await begun.fetch(A)).text()).toBe('1');
	expect(await (await begun.fetch('https://site.example/c')).text()).toBe('4');
});

it('leaves a file where it is for one who wants a part of it, or not from the cache', async () => {
	const { asked, fetch } = answering();
	const begun = beginFiles([A], fetch);
	await begun.fetch(A, { headers: { Range: 'bytes=5-' } });
	await begun.fetch(A, { cache: 'force-cache' });
	expect(asked).toHaveLength(3);
	expect(await (await begun.fetch(A)).text()).toBe('1');
});

it('stops with whoever has taken it, also where that one had stopped before', async () => {
	const { asked, fetch } = answering();
	const begun = beginFiles(URLS, fetch);
	const stop = new AbortController();
	await begun.fetch(A, { signal: stop.signal });
	expect(asked[0]?.signal?.aborted).toBe(false);
	stop.abort();
	expect(asked[0]?.signal?.aborted).toBe(true);
	await begun.fetch(B, { signal: stop.signal });
	expect(asked[1]?.signal?.aborted).toBe(true);
});

it('gives up what nobody has taken, and nothing else', async () => {
	const { asked, fetch } = answering();
	const begun = beginFiles(URLS, fetch);
	await begun.fetch(A);
	begun.giveUp();
	expect(asked.map(({ signal }) => signal?.aborted)).toEqual([false, true]);
	expect(await (await begun.fetch(B)).text()).toBe('3');
});

it('tells whoever takes it why it did not come', async () => {
	const begun = beginFiles([A], async () => Promise.reject(new TypeError('Failed to fetch')));
	await expect(begun.fetch(A)).rejects.toThrow('Failed to fetch');
});
