import { dev } from '$app/environment';
import { fetchSiteIndex } from '../models/site';
import { siteRoot } from './site';

/**
 * Lets this site open without a network from now on. To be called when a model has come, so that what is kept for later
 * does not share the line with what the reader waits for.
 * @param model id of the model, where it is one of the site's own, whose files are kept too; null for one that is kept
 * with the reader's models
 */
export async function keepForOffline(model: string | null): Promise<void> {
	if (dev || !navigator.serviceWorker) return;
	const site = siteRoot();
	try {
		const { installing, waiting, active } = await navigator.serviceWorker.register(new URL('service-worker.js', site));
		const files = model === null ? [] : ((await fetchSiteIndex(site))[model] ?? []);
		// The newest, which is of the build that this page is of.
		const newest = installing ?? waiting ?? active;
		newest?.postMessage(files.map(({ path }) => new URL(`models/${model}/${path}`, site).href));
	} catch {
		// A browser that lets the site keep nothing reads it online.
	}
}
