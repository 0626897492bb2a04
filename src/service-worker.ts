import { base, version } from '$service-worker';

/**
 * Keeps the site itself in the browser, so that it opens without a network once a model has run in it. The reader's
 * models from a hub or from a disk are kept elsewhere, by `lib/models/store.ts`.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Caches belong to the origin, and another site may lie in another folder of it. */
const OURS = `patchwork-site${base}@`;
const CACHE = `${OURS}${version}`;

/** Names that hold a hash of what is in the file: the file under such a name never changes. */
const HASHED = `${base}/_app/immutable/`;

worker.addEventListener('install', (event) => event.waitUntil(keepSite()));

worker.addEventListener('activate', (event) => {
	event.waitUntil(Promise.all([forgetOlder(), worker.clients.claim()]));
});

/** The page tells the addresses of what this visit uses beyond the pages and their code: the files of its model. */
worker.addEventListener('message', (event) => {
	const urls: readonly string[] = event.data;
	event.waitUntil(keep(urls));
});

worker.addEventListener('fetch', (event) => {
	if (isOfSite(event.request)) event.respondWith(answer(event));
});

/** What a build lists as the whole of the site, without models (see `scripts/lib/offline-list.js`). */
async function keepSite(): Promise<void> {
	const response = await fetch(`${base}/offline.json`, { cache: 'no-cache' });
	const paths: readonly string[] = await response.json();
	await keep(paths.map((path) => `${base}/${path}`));
}

async function keep(urls: readonly string[]): Promise<void> {
	const cache = await caches.open(CACHE);
	const missing = await Promise.all(urls.map(async (url) => ((await cache.match(url)) ? [] : [url])));
	// What a host lets browsers reuse for some minutes may be a page of the build before this one.
	const fetched = (url: string) => new Request(url, { cache: url.startsWith(HASHED) ? 'default' : 'no-cache' });
	await cache.addAll(missing.flat().map(fetched));
}

async function forgetOlder(): Promise<void> {
	const older = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
	await Promise.all(older.map((name) => caches.delete(name)));
}

/** Parts of files are left to the browser, which a download that goes on asks for. */
function isOfSite({ url, method, headers }: Request): boolean {
	return method === 'GET' && url.startsWith(`${location.origin}${base}/`) && !headers.has('range');
}

/** From the network while there is one, so that a page and its model are of one build; from what is kept without. */
async function answer(event: FetchEvent): Promise<Response> {
	const { origin, pathname } = new URL(event.request.url);
	// A link to the inspector carries its settings in the query; the page is the same.
	const key = `${origin}${pathname}`;
	const cache = await caches.open(CACHE);
	const kept = await cache.match(key, { ignoreVary: true });
	if (kept && pathname.startsWith(HASHED)) return kept;
	try {
		const fresh = await fetch(event.request);
		// A browser that has no room for it reads the site online.
		if (isNews(fresh, kept)) event.waitUntil(cache.put(key, fresh.clone()).catch(() => undefined));
		return fresh;
	} catch (error) {
		if (kept) return kept;
		throw error;
	}
}

function isNews(fresh: Response, kept: Response | undefined): boolean {
	const tag = fresh.headers.get('etag');
	return fresh.status === 200 && (tag === null || tag !== kept?.headers.get('etag'));
}
