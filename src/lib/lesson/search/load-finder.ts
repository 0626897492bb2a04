import type { Finder } from './finder';

let loaded: Promise<Finder> | null = null;

/**
 * Fetches the index and what reads it, once a visit; one that failed is tried anew.
 * @param address of the index
 * @throws whatever the network says
 */
export function loadFinder(address: string): Promise<Finder> {
	loaded ??= fetchFinder(address);
	loaded.catch(() => (loaded = null));
	return loaded;
}

async function fetchFinder(address: string): Promise<Finder> {
	const [{ Finder }, response] = await Promise.all([import('./finder'), fetch(address)]);
	if (!response.ok) throw new Error(`search.json: status ${response.status}`);
	return new Finder(await response.json());
}
