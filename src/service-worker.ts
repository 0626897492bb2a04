import { base, version } from '$service-worker';
import { OFFERED, offlinePage } from './lib/base/offline-page';

/**
 * Keeps the site itself in the browser, so that it opens without a network once a model has run in it. The reader's
 * models from a hub or from a disk are kept elsewhere, by `lib/models/store.ts`.
 *
 * It also lets the site's pages have threads where its host does not: see docs/threads.md.
 *
 * What is kept is of one build: it is fetched when a build's worker is installed, and nothing is added to it later but
 * the files of models, and the recorded run where the tutorial stays with it.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Caches belong to the origin, and another site may lie in another folder of it. */
const OURS = `patchwork-site${base}@`;
const CACHE = `${OURS}${version}`;

/** Names that hold a hash of what is in the file: the file under such a name never changes. */
const HASHED = new RegExp(`^${base}/(de/)?_app/immutable/`);
/** The pages in another language: kept only where they are read. */
const IN_GERMAN = `${base}/de/`;
const MODELS = `${base}/models/`;

worker.addEventListener('install', (event) => event.waitUntil(keepSite()));

worker.addEventListener('activate', (event) => {
	event.waitUntil(Promise.all([forgetOlder(), worker.clients.claim()]));
});

/** The page tells the addresses of what this visit uses beyond the pages and their code, such as its model's files. */
worker.addEventListener('message', (event) => {
	const urls: readonly string[] = event.data;
	event.waitUntil(keepBesides(urls));
});

worker.addEventListener('fetch', (event) => {
	if (isOfSite(event.request))
		event.respondWith(answer(event.request).then((response) => isolated(event.request, response)));
});

/** What a build lists as the whole of the site (see `scripts/lib/offline-list.js`), and the models kept before it. */
async function keepSite(): Promise<void> {
	const response = await fetch(`${base}/offline.json`, { cache: 'no-cache' });
	const paths: readonly string[] = await response.json();
	await keep(paths.map((path) => `${base}/${path}`));
	// A model that the site no longer has is no reason to stay with the build before.
	await keep(await keptBefore(MODELS)).catch(() => undefined);
	if ((await keptBefore(IN_GERMAN)).length > 0) await keepGerman().catch(() => undefined);
}

async function keepGerman(): Promise<void> {
	const response = await fetch(`${IN_GERMAN}offline.json`, { cache: 'no-cache' });
	const paths: readonly string[] = await response.json();
	await keep(paths.map((path) => IN_GERMAN + path));
}

/** With the site itself, where the reader had it forgotten. */
async function keepBesides(urls: readonly string[]): Promise<void> {
	if (!(await caches.has(CACHE))) await keepSite();
	await keep(urls);
}

async function keep(urls: readonly string[]): Promise<void> {
	const cache = await caches.open(CACHE);
	const missing = await Promise.all(urls.map(async (url) => ((await cache.match(url)) ? [] : [url])));
	// What a host lets browsers reuse for some minutes may be a page of the build before this one.
	const fetched = (url: string) =>
		new Request(url, { cache: HASHED.test(new URL(url, location.origin).pathname) ? 'default' : 'no-cache' });
	await cache.addAll(missing.flat().map(fetched));
}

/** The addresses in a folder that builds before this one kept. */
async function keptBefore(folder: string): Promise<string[]> {
	const kept = await Promise.all((await olderCaches()).map(async (name) => (await caches.open(name)).keys()));
	const paths = kept.flat().map(({ url }) => new URL(url).pathname);
	return paths.filter((path) => path.startsWith(folder) && path !== folder);
}

async function forgetOlder(): Promise<void> {
	await Promise.all((await olderCaches()).map((name) => caches.delete(name)));
}

async function olderCaches(): Promise<string[]> {
	return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
}

/** Parts of files are left to the browser, which a download that goes on asks for. */
function isOfSite({ url, method, headers }: Request): boolean {
	return method === 'GET' && url.startsWith(`${location.origin}${base}/`) && !headers.has('range');
}

/** From the network while there is one, so that a page and its model are of one build; from what is kept without. */
async function answer(request: Request): Promise<Response> {
	if (HASHED.test(new URL(request.url).pathname))
		return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
	try {
		const fresh = await fetch(request);
		return fresh.status < 500 ? fresh : ((await keptFor(request)) ?? fresh);
	} catch (error) {
		const kept = await keptFor(request);
		if (kept) return kept;
		if (request.mode !== 'navigate') throw error;
		return notKept(new URL(request.url).pathname);
	}
}

/** In place of the browser's own page for an address that nothing is kept for: what is, and what to do. */
async function notKept(path: string): Promise<Response> {
	const language = path.startsWith(IN_GERMAN) ? 'de' : 'en';
	const [here, inEnglish] = await Promise.all([
		keptOf(language === 'de' ? IN_GERMAN : `${base}/`, language),
		keptOf(`${base}/`, language)
	]);
	const headers = { 'Content-Type': 'text/html; charset=utf-8' };
	return new Response(offlinePage(language, { here, inEnglish }), { status: 503, headers });
}

/** Those of the pages to offer that are kept below a folder, by what they are called in a language. */
async function keptOf(folder: string, language: 'en' | 'de') {
	const cache = await caches.open(CACHE);
	const found = OFFERED.map(async ({ path, [language]: title }) => {
		const href = folder + path;
		return (await cache.match(href, { ignoreVary: true })) ? [{ href, title }] : [];
	});
	return (await Promise.all(found)).flat();
}

/** What makes a page cross-origin isolated, without which browsers give it no memory that threads can share. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * The answer as a host gives it that was told to isolate pages. A page is what it was loaded as, so this begins with the
 * next load after the worker has come, and nobody's page is loaded anew for it.
 */
function isolated({ mode, destination }: Request, response: Response): Response {
	// A page's workers must be of its kind; a redirect has to reach the browser as it is.
	if ((mode !== 'navigate' && destination !== 'worker') || !response.ok) return response;
	if (response.headers.has('Cross-Origin-Embedder-Policy')) return response;
	const { status, statusText } = response;
	const headers = new Headers(response.headers);
	for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
	return new Response(response.body, { status, statusText, headers });
}

async function keptFor({ url, mode }: Request): Promise<Response | undefined> {
	const { origin, pathname } = new URL(url);
	// A link to the inspector carries its settings in the query; the page is the same.
	const page = origin + pathname;
	const cache = await caches.open(CACHE);
	const kept = await cache.match(page, { ignoreVary: true });
	if (kept || mode !== 'navigate') return kept;
	// Hosts add a slash that is missing at the end, and the pages' relative links count on it.
	return (await cache.match(`${page}/`)) && Response.redirect(`${page}/`);
}
