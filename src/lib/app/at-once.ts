import { parsePermalink, unreadParts, type Permalink, type Unread } from '../run/url';

/** The name of the `meta` by which a page says that it opens a model and a photo as soon as it can. */
export const AT_ONCE = 'patchwork-opens';

/** What of an address a page carries; `all`, or the names of fields. */
export type Carried = 'all' | readonly (keyof Permalink)[];

/** What a page takes up of an address. */
export function linkIn(search: URLSearchParams, carried: Carried): Partial<Permalink> {
	return only(parsePermalink(search), carried);
}

/** What a page can't take up of what it would carry. */
export function unreadIn(search: URLSearchParams, carried: Carried): Unread {
	return only(unreadParts(search), carried);
}

/** The part of a link, or of what is wrong with one, that a page carries. */
export function only<T extends Partial<Record<keyof Permalink, unknown>>>(link: T, carried: Carried): Partial<T> {
	if (carried === 'all') return link;
	return Object.fromEntries(carried.flatMap((key) => (key in link ? [[key, link[key]]] : []))) as Partial<T>;
}

/** What the page that is being loaded carries; null for one that does not open anything at once. */
export function carriedBy(page: Document): Carried | null {
	const content = page.querySelector<HTMLMetaElement>(`meta[name="${AT_ONCE}"]`)?.content;
	if (content === undefined) return null;
	return content === 'all' ? 'all' : (content.split(' ').filter(Boolean) as (keyof Permalink)[]);
}
