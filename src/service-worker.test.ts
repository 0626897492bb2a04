import { beforeEach, expect, it, vi } from 'vitest';

vi.mock('$service-worker', () => ({ base: '/site', version: 'two' }));

const SITE = 'https://example.org/site/';
const CACHE = 'patchwork-site/site@two';

/** What lies in the browser's caches, by the cache's name and the address. */
const kept = new Map<string, Map<string, Response>>();
/** What the network has; null where there is none. */
let network: Map<string, Response> | null;
let asked: string[];
/** Whether the browser has room for more. */
let room: boolean;
const listeners = new Map<string, (event: unknown) => void>();

const absolute = (key: RequestInfo | URL) => new URL(key instanceof Request ? key.url : key, SITE).href;

async function fetched(input: RequestInfo | URL): Promise<Response> {
	asked.push(absolute(input));
	const response = network?.get(absolute(input));
	if (!response) throw new TypeError('Failed to fetch');
	return response.clone();
}

function cacheOf(files: Map<string, Response>) {
	const put = async (key: string, response: Response) => {
		if (!room) throw new DOMException('Quota exceeded.', 'QuotaExceededError');
		files.set(absolute(key), response);
	};
	return {
		match: async (key: string) => files.get(absolute(key))?.clone(),
		put,
		addAll: (requests: Request[]) => Promise.all(requests.map(async (each) => put(each.url, await fetched(each))))
	};
}

function open(name: string) {
	const files = kept.get(name) ?? new Map<string, Response>();
	kept.set(name, files);
	return Promise.resolve(cacheOf(files));
}

/** Sends the worker an event, and waits for all that it says it has to do. */
async function send(type: string, details: object = {}): Promise<Response | undefined> {
	const waiting: Promise<unknown>[] = [];
	let answer: Promise<Response> | undefined;
	listeners.get(type)?.({
		...details,
		waitUntil: (work: Promise<unknown>) => waiting.push(work),
		respondWith: (response: Promise<Response>) => (answer = response)
	});
	const response = await answer;
	await Promise.all(waiting);
	return response;
}

const get = (path: string, init?: RequestInit) =>
	send('fetch', { request: new Request(new URL(path, SITE), init) }).then((response) => response?.text());

beforeEach(async () => {
	kept.clear();
	[network, asked, room] = [new Map(), [], true];
	vi.stubGlobal('fetch', fetched);
	vi.stubGlobal('location', new URL('service-worker.js', SITE));
	vi.stubGlobal('caches', {
		open,
		keys: async () => [...kept.keys()],
		delete: async (name: string) => kept.delete(name)
	});
	const plain = globalThis.Request;
	vi.stubGlobal(
		'Request',
		class extends plain {
			constructor(input: RequestInfo | URL, init?: RequestInit) {
				super(input instanceof plain ? input : absolute(input), init);
			}
		}
	);
	vi.stubGlobal('self', {
		addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
		clients: { claim: async () => undefined }
	});
	vi.resetModules();
	await import('./service-worker');
});

it('keeps what the build lists, and then what the page names, each once', async () => {
	network?.set(`${SITE}offline.json`, Response.json(['', 'learn/']));
	for (const path of ['', 'learn/', 'models/a/config.json']) network?.set(SITE + path, new Response(path));
	await send('install');
	await send('message', { data: [SITE, `${SITE}models/a/config.json`] });
	expect([...(kept.get(CACHE)?.keys() ?? [])]).toEqual([SITE, `${SITE}learn/`, `${SITE}models/a/config.json`]);
	expect(asked.filter((url) => url === SITE)).toHaveLength(1);
});

it('forgets what earlier builds of this site kept, and nothing else', async () => {
	const others = ['patchwork-models', 'patchwork-site/elsewhere@one'];
	for (const name of [...others, CACHE, 'patchwork-site/site@one']) await open(name);
	await send('activate');
	expect([...kept.keys()]).toEqual([...others, CACHE]);
});

it('asks the network first, and keeps what is new', async () => {
	const tagged = (text: string, etag: string) => new Response(text, { headers: { etag } });
	network?.set(`${SITE}learn/`, tagged('first', '1'));
	expect(await get('learn/')).toBe('first');
	network?.set(`${SITE}learn/`, tagged('the same tag', '1'));
	expect(await get('learn/')).toBe('the same tag');
	expect(await kept.get(CACHE)?.get(`${SITE}learn/`)?.clone().text()).toBe('first');
	network?.set(`${SITE}learn/`, tagged('second', '2'));
	expect(await get('learn/')).toBe('second');
	network = null;
	expect(await get('learn/')).toBe('second');
});

it('answers from what is kept where there is no network, whatever the query', async () => {
	network?.set(`${SITE}inspect/`, new Response('the inspector'));
	await get('inspect/');
	network = null;
	expect(await get('inspect/?model=a&token=7')).toBe('the inspector');
	await expect(get('compare/')).rejects.toThrow('Failed to fetch');
});

it('does not ask again for what can never change', async () => {
	network?.set(`${SITE}_app/immutable/a.js`, new Response('code'));
	await get('_app/immutable/a.js');
	expect(await get('_app/immutable/a.js')).toBe('code');
	expect(asked).toHaveLength(1);
});

it('neither keeps what failed, nor fails where there is no room', async () => {
	network?.set(`${SITE}gone`, new Response('not here', { status: 404 }));
	expect(await get('gone')).toBe('not here');
	room = false;
	network?.set(`${SITE}large`, new Response('large'));
	expect(await get('large')).toBe('large');
	expect(kept.get(CACHE)?.size).toBe(0);
});

it('leaves parts of files, other sites and what is sent to the browser', async () => {
	expect(await get('models/a', { headers: { range: 'bytes=3-' } })).toBeUndefined();
	expect(await get('https://example.com/site/')).toBeUndefined();
	expect(await get('/elsewhere/')).toBeUndefined();
	expect(await get('', { method: 'POST' })).toBeUndefined();
	expect(asked).toEqual([]);
});
