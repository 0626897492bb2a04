import { dev } from '$app/environment';
import { fetchSiteIndex } from '../models/site';
import { pagesRoot, siteRoot } from '../base/site';

/**
 * Lets this site open without a network from now on. To be called when a model has come and nobody waits for anything, so
 * that what is kept for later shares neither the line nor the cores with what the reader waits for.
 * @param model id of the model, where it is one of the site's own, whose files are kept too; null for one that is kept
 * with the reader's models
 */
export async function keepForOffline(model: string | null): Promise<void> {
	if (!canKeep()) return;
	const site = siteRoot();
	const index = model === null ? null : await fetchSiteIndex(site).catch(() => null);
	const files = index?.[model ?? ''] ?? [];
	const urls = files.map(({ path }) => new URL(`models/${model}/${path}`, site).href);
	await keepFiles([...urls, ...(await pagesInLanguage())]);
}

/** The service worker knows of the pages at the site's root; those of another language are told to it, where they are read. */
async function pagesInLanguage(): Promise<string[]> {
	const root = pagesRoot();
	if (root === siteRoot()) return [];
	try {
		const paths: readonly string[] = await (await fetch(new URL('offline.json', root))).json();
		return paths.map((path) => new URL(path, root).href);
	} catch {
		return [];
	}
}

/** Lets these files of the site be read without a network too, and with them the site. */
export async function keepFiles(urls: readonly string[]): Promise<void> {
	if (!canKeep()) return;
	try {
		const worker = new URL('service-worker.js', siteRoot());
		const { installing, waiting, active } = await navigator.serviceWorker.register(worker);
		// The newest, which is of the build that this page is of.
		const newest = installing ?? waiting ?? active;
		newest?.postMessage(urls);
	} catch {
		// A browser that lets the site keep nothing reads it online.
	}
}

const canKeep = (): boolean => !dev && !!navigator.serviceWorker;
