import { resolve } from '$app/paths';
import { LANGUAGE } from './language';

/**
 * Address of the site's root, with a trailing slash, wherever it is served from. Models, samples and recordings lie there
 * once, for the pages of every language.
 */
export function siteRoot(): string {
	return new URL(LANGUAGE === 'en' ? '.' : '../', pagesRoot()).href;
}

/** Address of the folder in which the pages of this language lie, with a trailing slash. */
export function pagesRoot(): string {
	return new URL(resolve('/'), location.href).href;
}
