import type { Finder } from './finder';

let loaded: Promise<Finder> | null = null;

/**
 * Fetches the index and what reads it, once a visit; one that failed is tried anew.
 * @param site address of the site's root, with a trailing slash
 * @throws whatever the network says
 */
export function loadFinder(site: string): Promise<Finder> {
	loaded ??= fetchFinder(site);
	loaded.catch(() => (loaded = null));
	return loaded;
}

async function fetchFinder(site: string): Promise<Finder> {
	const [{ Finder }, response] = await Promise.all([import('./finder'), fetch(`${site}search.json`)]);
	if (!response.ok) throw new Error(`search.json: status ${response.status}`);
	return new Finder(await response.json());
}
