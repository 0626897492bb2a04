/**
 * In which files the scripts of the pages lie. The bundler by itself makes a file of each set of modules that the same
 * pages and figures share: more than a hundred and fifty, most of a few hundred bytes. A browser that asks for a handful
 * at a time then spends more time asking than reading.
 *
 * Here a module goes by the pages that need it before they show anything. What is imported later, as figures are, is left
 * to the bundler.
 */

/** A page's own component, or that around several, by its folder in the routes. */
const PAGE = /\/src\/routes\/(?:(.+)\/)?\+(page|layout)\.svelte$/;

/** The pages at which most readers arrive. None of them brings what only another needs. */
const ARRIVALS = new Map([
	['', 'home'],
	['learn', 'lesson'],
	['learn/[chapter]', 'lesson'],
	['inspect', 'inspect']
]);

/** It runs no model, and is not to bring what those share that do. */
const LIGHT = 'about';
/** It shows everything, and is nobody's way in. */
const GALLERY = 'gallery';

/** What stands first depends on nothing that stands later, so that no two files need each other. */
const ORDER = [
	'site',
	'about-more',
	'app',
	'home-inspect-more',
	'inspect-lesson-more',
	'home-inspect',
	'inspect-lesson',
	'home-more',
	'lesson-more',
	'inspect-more',
	'more'
];

/**
 * What the bundler knows of a module.
 * @typedef {{ readonly isEntry: boolean, readonly importers: readonly string[] }} Info
 */

/**
 * The pages that need a module before they show anything, by their folders; `layout` for what is around all of them or
 * starts them.
 * @param {string} id
 * @param {(id: string) => Info | null} infoOf
 * @returns {ReadonlySet<string>}
 */
export function pagesOf(id, infoOf) {
	const seen = new Set([id]);
	/** @type {Set<string>} */
	const pages = new Set();
	// It grows while it is gone through.
	for (const module of seen) {
		const [isPage, folder, kind] = PAGE.exec(module) ?? [];
		const info = infoOf(module);
		if (isPage) pages.add(folder ?? (kind === 'layout' ? 'layout' : ''));
		else if (info?.isEntry) pages.add('layout');
		else for (const importer of info?.importers ?? []) seen.add(importer);
	}
	return pages;
}

/**
 * The name of the file in which a module lies; null where the bundler is to say.
 * @param {ReadonlySet<string>} pages that need it before they show anything
 */
export function fileOf(pages) {
	if (pages.has('layout')) return 'site';
	if (pages.has(LIGHT)) return pages.size > 1 ? 'about-more' : LIGHT;
	const arrivals = new Set([...pages].flatMap((page) => ARRIVALS.get(page) ?? []));
	if (arrivals.has('home') && arrivals.has('lesson')) return 'app';
	const others = [...pages].filter((page) => page !== GALLERY && !ARRIVALS.has(page));
	if (arrivals.size > 0) return [...arrivals].sort().join('-') + (others.length > 0 ? '-more' : '');
	return others.length > 1 ? 'more' : (others[0] ?? null);
}

/**
 * For `output.codeSplitting` of the pages' build.
 * @returns {import('rolldown').CodeSplittingOptions}
 */
export function chunks() {
	/** @type {Map<string, string | null>} */
	const files = new Map();
	/** @type {import('rolldown').CodeSplittingNameFunction} */
	const fileIn = (id, context) => {
		/** @param {string} module */
		const infoOf = (module) => context.getModuleInfo(module);
		// An entry is asked for by its own name.
		if (!files.has(id)) files.set(id, infoOf(id)?.isEntry ? null : fileOf(pagesOf(id, infoOf)));
		return files.get(id) ?? null;
	};
	const ordered = ORDER.map((file, i) => ({
		name: (/** @type {Parameters<typeof fileIn>} */ ...asked) => (fileIn(...asked) === file ? file : null),
		priority: ORDER.length - i
	}));
	return { groups: [...ordered, { name: fileIn, priority: 0 }] };
}
