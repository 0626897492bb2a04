import { parsePermalink, type Permalink } from '../run/url';

/** The name of the `meta` by which a page says that it opens a model and a photo as soon as it can. */
export const AT_ONCE = 'patchwork-opens';

/** What of an address a page carries; `all`, or the names of fields. */
export type Carried = 'all' | readonly (keyof Permalink)[];

/** What a page takes up of an address. */
export function linkIn(search: URLSearchParams, carried: Carried): Partial<Permalink> {
	return only(parsePermalink(search), carried);
}

/** The part of a link that a page carries. */
export function only(link: Partial<Permalink>, carried: Carried): Partial<Permalink> {
	if (carried === 'all') return link;
	return Object.fromEntries(carried.flatMap((key) => (key in link ? [[key, link[key]]] : [])));
}

/** What the page that is being loaded carries; null for one that does not open anything at once. */
export function carriedBy(page: Document): Carried | null {
	const content = page.querySelector<HTMLMetaElement>(`meta[name="${AT_ONCE}"]`)?.content;
	if (content === undefined) return null;
	return content === 'all' ? 'all' : (content.split(' ').filter(Boolean) as (keyof Permalink)[]);
}
