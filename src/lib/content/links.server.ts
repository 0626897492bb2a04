import { fault, listed, type Placed } from './fault.server';

/** Where the glossary is, beside the chapters. */
export const GLOSSARY = 'glossary';

/** A link to a place in the tutorial, to be checked when all chapters are read. */
export interface InnerLink {
	readonly file: string;
	readonly at: Placed;
	/** The chapter, or `glossary`. */
	readonly slug: string;
	/** The step, question or term there; null for the page itself. */
	readonly id: string | null;
}

/** Chapters by their slug, with the ids that can be linked to. */
export type Targets = ReadonlyMap<string, ReadonlySet<string>>;

const SHAPES =
	"links are '#step', '../chapter/', '../chapter/#step', '../glossary/#term', '../../page/' or begin with 'https://'";

/**
 * What a link leads to. Pages are at `/learn/<slug>/`, so links within the tutorial begin with `../`.
 * @returns the place in the tutorial, or null for another page
 * @throws ContentError for a link of another shape, or to a page that the site does not have
 */
export function readLink(
	url: string,
	from: { readonly file: string; readonly slug: string; readonly at: Placed },
	pages: ReadonlySet<string>
): InnerLink | null {
	const { file, slug, at } = from;
	if (isExternal(url)) return null;
	const page = /^\.\.\/\.\.\/(?:([a-z0-9-]+)\/)?(?:\?[^#]*)?$/.exec(url);
	if (page) {
		if (page[1] === undefined || pages.has(page[1])) return null;
		throw fault(file, at, `the site has no page '${page[1]}'; it has ${listed(pages)}`);
	}
	const inner = /^(?:\.\.\/([a-z0-9-]+)\/)?(?:#([a-z][a-z0-9-]*))?$/.exec(url);
	if (!inner || url === '') throw fault(file, at, `the link '${url}' has none of the known shapes: ${SHAPES}`);
	return { file, at, slug: inner[1] ?? slug, id: inner[2] ?? null };
}

export function isExternal(url: string): boolean {
	return url.startsWith('https://');
}

/**
 * Checks links within the tutorial. @throws ContentError at the first that leads nowhere
 * @param draft lets links to chapters pass that are not written yet
 */
export function checkLinks(links: readonly InnerLink[], targets: Targets, draft = false): void {
	for (const { file, at, slug, id } of links) {
		const ids = targets.get(slug);
		if (!ids && draft) continue;
		if (!ids) throw fault(file, at, `the link leads to a chapter '${slug}', which does not exist`);
		if (id !== null && !ids.has(id)) {
			throw fault(file, at, `the link leads to '#${id}', which '${slug}' does not have; it has ${listed(ids)}`);
		}
	}
}
