import { LANGUAGES, type Language } from '../base/language';
import type { Chapter } from './chapter';
import { fault, listed } from './fault.server';
import { loadHighlighter } from './highlight.server';
import type { Known } from './known.server';
import { GLOSSARY, checkLinks, type Targets } from './links.server';
import { readChapter, type ChapterFile } from './read-chapter.server';

export interface ReadOptions {
	/** While the tutorial is being written: chapters may be missing. */
	readonly draft?: boolean;
}

/**
 * All chapters in their order, checked and rendered.
 * @param sources the text of each `content/NN-slug/index.md` by its path, or of `de.md` in its place
 * @throws ContentError at the first fault, naming file and line
 */
export async function readChapters(
	sources: Readonly<Record<string, string>>,
	known: Known,
	{ draft = false }: ReadOptions = {}
): Promise<Chapter[]> {
	const files = Object.keys(sources)
		.map((path) => ({ path, ...placeOf(path) }))
		.sort((a, b) => a.number - b.number);
	checkPlaces(files, draft);
	const highlighter = await loadHighlighter();
	const read = files.map((place) => readChapter(place, sources[place.path] ?? '', known, highlighter));
	const chapters = read.map(({ chapter }) => chapter);
	checkLinks(
		read.flatMap(({ links }) => links),
		targetsOf(chapters, known),
		draft
	);
	return chapters;
}

/** The ids in a chapter that can be linked to. */
export function partsOf({ steps, predictions, questions }: Chapter): string[] {
	return [...steps, ...predictions, ...questions].map(({ id }) => id);
}

/** What can be linked to within the tutorial. */
export function targetsOf(chapters: readonly Chapter[], known: Known): Targets {
	return new Map<string, ReadonlySet<string>>([
		...chapters.map((chapter) => [chapter.slug, new Set(partsOf(chapter))] as const),
		[GLOSSARY, known.terms] as const
	]);
}

function placeOf(path: string): ChapterFile {
	const file = path.replace(/^\//, '');
	const folder = file.split('/').at(-2) ?? '';
	const match = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(folder);
	if (!match?.[1] || !match[2]) throw fault(file, 1, `its folder '${folder}' is not named like '03-patches'`);
	return { file, language: languageOf(file), number: Number(match[1]), slug: match[2] };
}

/** A chapter is `index.md` in the source's language, and `de.md` in another. */
function languageOf(file: string): Language {
	const name = file.split('/').at(-1);
	return LANGUAGES.find((language) => name === `${language}.md`) ?? 'en';
}

function checkPlaces(files: readonly ChapterFile[], draft: boolean): void {
	const slugs = new Set([GLOSSARY]);
	for (const [i, { file, number, slug }] of files.entries()) {
		if (slugs.has(slug)) throw fault(file, 1, `the name '${slug}' is taken; taken are ${listed(slugs)}`);
		slugs.add(slug);
		if (number === files[i - 1]?.number) throw fault(file, 1, `two chapters have the number ${number}`);
		if (!draft && number !== i + 1) throw fault(file, 1, `the number ${number} follows ${i}: one is left out`);
	}
}
