/**
 * In which files the scripts of the pages lie. The bundler by itself makes a file of each set of modules that the same
 * pages and figures share: more than a hundred and fifty, most of a few hundred bytes. A browser that has a handful of
 * connections then spends more time asking than reading.
 */

/** A page's own component, or that around several, by its folder in the routes. */
const PAGE = /\/src\/routes\/(?:(.+)\/)?\+(page|layout)\.svelte$/;

/** The pages at which most readers arrive. What they share is theirs together; nobody brings another's. */
const ARRIVALS = /** @type {const} */ ({ '': 'home', learn: 'lesson', 'learn/[chapter]': 'lesson', inspect: 'inspect' });

/** Shows everything, and is nobody's way in. */
const GALLERY = 'gallery';

/** @typedef {{ readonly isEntry: boolean; readonly importers: readonly string[] }} Info */

/**
 * The components of pages that need a module before they show anything; `layout` for that around all of them, and for
 * what starts it.
 * @param {string} id
 * @param {(id: string) => Info | null} infoOf
 * @returns {ReadonlySet<string>}
 */
export function pagesOf(id, infoOf) {
	const [seen, pages] = [new Set([id]), /** @type {Set<string>} */ (new Set())];
	// It grows while it is gone through.
	for (const module of seen) {
		const page = PAGE.exec(module);
		const info = infoOf(module);
		if (page) pages.add(page[1] ?? (page[2] === 'layout' ? 'layout' : ''));
		else if (info?.isEntry) pages.add('layout');
		else for (const importer of info?.importers ?? []) seen.add(importer);
	}
	return pages;
}

/**
 * The name of the file in which a module lies; null where the bundler is to say.
 * @param {ReadonlySet<string>} pages that need it before they show anything
 * @returns {string | null}
 */
export function fileOf(pages) {
	if (pages.has('layout')) return 'site';
	if (pages.has('about')) return pages.size > 1 ? 'about-more' : 'about';
	const arrivals = new Set([...pages].flatMap((page) => (page in ARRIVALS ? ARRIVALS[page] : [])));
	if (arrivals.has('home') && arrivals.has('lesson')) return 'app';
	const others = [...pages].filter((page) => page !== GALLERY && !(page in ARRIVALS));
	if (arrivals.size > 0) return [...arrivals].sort().join('-') + (others.length > 0 ? '-more' : '');
	if (others.length === 0) return null;
	return others.length > 1 ? 'more' : (others[0] ?? null);
}

/** What depends on nothing but what stands before it, so that no two files need each other. */
const ORDER = ['site', 'about-more', 'app', 'home-inspect-more', 'inspect-lesson-more', 'home-inspect', 'inspect-lesson', 'home-more', 'lesson-more', 'inspect-more', 'more'];

/** @returns {import('rolldown').CodeSplittingOptions} */
export function chunks() {
	/** @type {Map<string, string | null>} */
	const names = new Map();
	const nameOf = (id, ctx) => {
		if (!names.has(id)) names.set(id, ctx.getModuleInfo(id)?.isEntry ? null : fileOf(pagesOf(id, (module) => ctx.getModuleInfo(module))));
		return names.get(id) ?? null;
	};
	return { groups: [...ORDER.map((wanted, i) => ({ name: (id, ctx) => nameOf(id, ctx) === wanted ? wanted : null, priority: ORDER.length - i })), { name: nameOf, priority: 0 }] };
}
