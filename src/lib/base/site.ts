import { resolve } from '$app/paths';

/** Address of the site's root, with a trailing slash, wherever it is served from. */
export function siteRoot(): string {
	return new URL(resolve('/'), location.href).href;
}
