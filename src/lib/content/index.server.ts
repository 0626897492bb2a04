import { LANGUAGE, type Language } from '../base/language';
import type { Figure } from '../figures/figure';
import { readBundled } from '../models/bundled.server';
import type { Chapter, ChapterLink, Term } from './chapter';
import { glossaryIds, readGlossary } from './glossary.server';
import type { Known } from './known.server';
import { readChapters, targetsOf } from './read-chapters.server';
import { readReferences } from './references.server';
import { searchEntries } from './search-entries.server';
import type { SearchEntry } from './search-entry';
import { checkTranslated } from './translated.server';
import glossaryText from '/content/glossary.md?raw';
import referencesText from '/content/references.yaml?raw';

const CHAPTERS = import.meta.glob<string>('/content/*/index.md', { query: '?raw', import: 'default', eager: true });
const TRANSLATED = import.meta.glob<string>('/content/*/de.md', { query: '?raw', import: 'default', eager: true });
const FIGURES = import.meta.glob<Figure<object>>('/src/lib/figures/*/figure.ts', { import: 'figure', eager: true });
const SOURCES = import.meta.glob<string>(['/src/lib/engine/**/*.ts', '!/src/lib/engine/**/*.test.ts'], {
	query: '?raw',
	import: 'default',
	eager: true
});
const PAGES = import.meta.glob(['/src/routes/*/+page.svelte']);

/** The model that every copy of the site has. */
const BUNDLED = 'static/models/patchwork-t';

/** While the tutorial is being written, chapters may be missing; the site that is built has all of them. */
const options = { draft: import.meta.env.DEV };

/** Runs `make` at the first call, and gives its result from then on. */
function once<T>(make: () => T): () => T {
	let made: { readonly result: T } | null = null;
	return () => (made ??= { result: make() }).result;
}

const folderOf = (path: string) => path.split('/').at(-2) ?? '';

const known = once((): Known => ({
	...readBundled(BUNDLED),
	figures: Object.fromEntries(Object.entries(FIGURES).map(([path, figure]) => [folderOf(path), figure])),
	terms: glossaryIds(glossaryText),
	references: readReferences(referencesText),
	sources: Object.fromEntries(Object.entries(SOURCES).map(([path, text]) => [path.slice(1), text])),
	pages: new Set(Object.keys(PAGES).map(folderOf))
}));

const source = once(() => readChapters(CHAPTERS, known(), options));

/**
 * All chapters in their order, in a language as far as it has them.
 * @throws ContentError at the first fault in the prose, which fails the build
 */
export async function chaptersIn(language: Language): Promise<Chapter[]> {
	if (language === 'en') return source();
	const sources = Object.entries(CHAPTERS).map(([path, text]) => {
		const there = path.replace('index.md', `${language}.md`);
		return there in TRANSLATED ? [there, TRANSLATED[there]] : [path, text];
	});
	const read = await readChapters(Object.fromEntries(sources), known(), options);
	checkTranslated(await source(), read);
	return read;
}

/** All chapters in the language of this build. @throws ContentError at the first fault in the prose, which fails the build */
export const chapters: () => Promise<Chapter[]> = once(() => chaptersIn(LANGUAGE));

/** One chapter; undefined if there is none of that name. */
export async function chapterNamed(slug: string): Promise<Chapter | undefined> {
	return (await chapters()).find((found) => found.slug === slug);
}

/** All chapters without their text, for the table of contents. */
export async function chapterLinks(): Promise<ChapterLink[]> {
	return (await chapters()).map(({ number, language, slug, title, summary, minutes, steps }) => ({
		number,
		language,
		slug,
		title,
		summary,
		minutes,
		steps: steps.map(({ id, title }) => ({ id, title }))
	}));
}

/** The glossary by the alphabet. @throws ContentError at the first fault in it or in a chapter */
export const glossary: () => Promise<Term[]> = once(async () =>
	readGlossary(glossaryText, known(), targetsOf(await chapters(), known()), options)
);

/** All that the search can find. @throws ContentError at the first fault in the prose */
export async function searchable(): Promise<SearchEntry[]> {
	return searchEntries(await chapters(), await glossary());
}
