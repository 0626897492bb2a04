import { beforeEach, expect, it, vi } from 'vitest';

vi.mock('$service-worker', () => ({ base: '/site', version: 'two' }));

const SITE = 'https://example.org/site/';
const CACHE = 'patchwork-site/site@two';
const OLD = 'patchwork-site/site@one';

/** What lies in the browser's caches, by the cache's name and the address. */
const kept = new Map<string, Map<string, Response>>();
/** What the network has; null where there is none. */
let network: Map<string, Response> | null;
let asked: string[];
/** Those of {@link asked} that went past what the browser may have of its own from before. */
let revalidated: string[];
const claim = vi.fn(async () => undefined);
const listeners = new Map<string, (event: unknown) => void>();

const absolute = (key: RequestInfo | URL) => new URL(key instanceof Request ? key.url : key, SITE).href;

async function fetched(input: RequestInfo | URL): Promise<Response> {
	asked.push(absolute(input));
	if (input instanceof Request && input.cache === 'no-cache') revalidated.push(absolute(input));
	const response = network?.get(absolute(input));
	if (!response) throw new TypeError('Failed to fetch');
	return response.clone();
}

function cacheOf(files: Map<string, Response>) {
	return {
		match: async (key: string) => files.get(absolute(key))?.clone(),
		keys: async () => [...files.keys()].map((url) => new Request(url)),
		addAll: async (requests: Request[]) => {
			const responses = await Promise.all(requests.map(async (each) => [each.url, await fetched(each)] as const));
			for (const [url, response] of responses) files.set(url, response);
		}
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
	[network, asked, revalidated] = [new Map(), [], []];
	vi.stubGlobal('fetch', fetched);
	vi.stubGlobal('location', new URL('service-worker.js', SITE));
	vi.stubGlobal('caches', {
		open,
		keys: async () => [...kept.keys()],
		has: async (name: string) => kept.has(name),
		match: async (url: string) => [...kept.values()].flatMap((files) => files.get(url) ?? [])[0]?.clone(),
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
		clients: { claim }
	});
	vi.resetModules();
	await import('./service-worker');
});

/** Puts files into the network, which hold their own paths. */
function offer(...paths: string[]): void {
	for (const path of paths) network?.set(SITE + path, new Response(path));
}

/** The paths of what a cache holds. */
const pathsIn = (cache: string) => [...(kept.get(cache)?.keys() ?? [])].map((url) => url.slice(SITE.length));

async function install(...listed: string[]): Promise<void> {
	network?.set(`${SITE}offline.json`, Response.json(listed));
	offer(...listed);
	await send('install');
}

it('keeps what the build lists, and then what the page names, each once and of this build', async () => {
	offer('models/a/config.json');
	await install('', '_app/immutable/a.js');
	await send('message', { data: [SITE, `${SITE}models/a/config.json`] });
	expect(pathsIn(CACHE)).toEqual(['', '_app/immutable/a.js', 'models/a/config.json']);
	expect(asked.filter((url) => url === SITE)).toHaveLength(1);
	expect(revalidated).toEqual([SITE, `${SITE}models/a/config.json`]);
});

it('keeps the site anew with what the page names, where the reader had it forgotten', async () => {
	offer('models/a/config.json');
	await install('');
	kept.clear();
	await send('message', { data: [`${SITE}models/a/config.json`] });
	expect(pathsIn(CACHE)).toEqual(['', 'models/a/config.json']);
});

it('takes over the place of an earlier build, with the models that it kept', async () => {
	const others = ['patchwork-models', 'patchwork-site/elsewhere@one'];
	for (const name of [...others, OLD]) await open(name);
	for (const path of ['', 'models/', 'models/a/config.json']) kept.get(OLD)?.set(SITE + path, new Response('old'));
	offer('models/a/config.json');
	await install('');
	expect(pathsIn(CACHE)).toEqual(['', 'models/a/config.json']);
	expect(await kept.get(CACHE)?.get(`${SITE}models/a/config.json`)?.clone().text()).toBe('models/a/config.json');
	await send('activate');
	expect([...kept.keys()]).toEqual([...others, CACHE]);
	expect(claim).toHaveBeenCalled();
});

it('is installed also where the site has a model no more', async () => {
	await open(OLD);
	kept.get(OLD)?.set(`${SITE}models/gone/config.json`, new Response('old'));
	await install('');
	expect(pathsIn(CACHE)).toEqual(['']);
});

it('asks the network first, and keeps nothing of another build beside its own', async () => {
	await install('learn/');
	network?.set(`${SITE}learn/`, new Response('of the next build'));
	expect(await get('learn/')).toBe('of the next build');
	network = null;
	expect(await get('learn/')).toBe('learn/');
});

it('answers from what is kept where there is no network or the host fails, whatever the query', async () => {
	await install('inspect/');
	network?.set(`${SITE}inspect/`, new Response('sorry', { status: 503 }));
	expect(await get('inspect/')).toBe('inspect/');
	network = null;
	expect(await get('inspect/?model=a&token=7')).toBe('inspect/');
	await expect(get('compare/')).rejects.toThrow('Failed to fetch');
});

/** What comes of asking for a page by its address. */
const visit = (path: string) =>
	send('fetch', { request: { url: SITE + path, method: 'GET', headers: new Headers(), mode: 'navigate' } });

it('answers with a page of its own where a page is not kept, in the language of its address', async () => {
	await install('', 'inspect/');
	network = null;
	const wrong = await visit('no-such-page/');
	expect(wrong?.status).toBe(503);
	const text = (await wrong?.text()) ?? '';
	expect(text).toContain('<html lang="en">');
	expect([...text.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['/site/', '/site/inspect/']);
	const german = (await (await visit('de/inspect/'))?.text()) ?? '';
	expect(german).toContain('Es gibt kein Netz');
	expect(german).toContain('auf Englisch:');
	expect(german).toContain('<a href="/site/inspect/">Ein Foto untersuchen</a>');
	kept.get(CACHE)?.set(`${SITE}de/inspect/`, new Response('deutsch'));
	const one = (await (await visit('de/learn/'))?.text()) ?? '';
	expect([...one.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['/site/de/inspect/']);
	kept.clear();
	expect(await (await visit('learn/'))?.text()).toContain('No page of this site is kept');
});

it('sends on to the address with the slash that a host would add', async () => {
	await install('learn/');
	network = null;
	const request = { url: `${SITE}learn`, method: 'GET', headers: new Headers(), mode: 'navigate' };
	const response = await send('fetch', { request });
	expect(response?.headers.get('location')).toBe(`${SITE}learn/`);
});

it('does not ask again for what can never change, of whichever build it is', async () => {
	await open(OLD);
	kept.get(OLD)?.set(`${SITE}_app/immutable/a.js`, new Response('code'));
	expect(await get('_app/immutable/a.js')).toBe('code');
	expect(asked).toEqual([]);
});

it('lets through what the site does not have', async () => {
	network?.set(`${SITE}gone`, new Response('not here', { status: 404 }));
	expect(await get('gone')).toBe('not here');
	expect(kept.get(CACHE)?.size ?? 0).toBe(0);
});

it('leaves parts of files, other sites and what is sent to the browser', async () => {
	expect(await get('models/a', { headers: { range: 'bytes=3-' } })).toBeUndefined();
	expect(await get('https://example.com/site/')).toBeUndefined();
	expect(await get('/elsewhere/')).toBeUndefined();
	expect(await get('', { method: 'POST' })).toBeUndefined();
	expect(asked).toEqual([]);
});

/** What comes of a request as only browsers make it, for a page or a worker. */
function load(path: string, kind: { mode?: string; destination?: string }): Promise<Response | undefined> {
	const request = new Request(SITE + path);
	for (const [name, value] of Object.entries(kind)) Object.defineProperty(request, name, { value });
	return send('fetch', { request });
}

const isolation = ({ headers }: Response) => [
	headers.get('cross-origin-opener-policy'),
	headers.get('cross-origin-embedder-policy')
];

it('isolates pages and workers of a host that does not, with and without a network', async () => {
	await install('inspect/', '_app/immutable/engine.js');
	const all = async () => [
		await load('inspect/', { mode: 'navigate', destination: 'document' }),
		await load('inspect/', { mode: 'navigate', destination: 'iframe' }),
		await load('_app/immutable/engine.js', { destination: 'worker' })
	];
	const answers = await all();
	network = null;
	for (const response of [...answers, ...(await all())]) {
		expect(response && isolation(response)).toEqual(['same-origin', 'require-corp']);
		expect(response?.status).toBe(200);
	}
	expect(await answers[0]?.text()).toBe('inspect/');
});

it('leaves the headers of all else, of a host that has its own, and of redirects', async () => {
	offer('photo.jpg');
	const photo = await load('photo.jpg', { mode: 'no-cors', destination: 'image' });
	expect(photo && isolation(photo)).toEqual([null, null]);
	const own = { 'Cross-Origin-Embedder-Policy': 'credentialless' };
	network?.set(`${SITE}inspect/`, new Response('', { headers: own }));
	const page = await load('inspect/', { mode: 'navigate' });
	expect(page && isolation(page)).toEqual([null, 'credentialless']);
	network?.set(`${SITE}compare`, Response.redirect(`${SITE}compare/`));
	const moved = await load('compare', { mode: 'navigate' });
	expect(moved?.status).toBe(302);
	expect(moved && isolation(moved)).toEqual([null, null]);
});
