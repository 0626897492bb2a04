import { replaceState } from '$app/navigation';
import { page } from '$app/state';

/**
 * Writes the search or the hash of the page that is shown into its address, without a step in the history. On the way to
 * another page the browser's address is already that one's, which it must not be written into: the way back would end
 * there.
 */
export function writeAddress({ search = location.search, hash = location.hash }): void {
	if (location.pathname !== page.url.pathname) return;
	if (search === location.search && hash === location.hash) return;
	// The address keeps its slash at the end, on which the links in the prose rest.
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- it is this very page
	replaceState(`${location.pathname}${search}${hash}`, page.state);
}
