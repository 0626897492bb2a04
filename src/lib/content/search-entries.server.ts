import type { Chapter, Term } from './chapter';
import { plainText } from './plain-text';
import type { SearchEntry } from './search-entry';

/**
 * What can be found: each chapter by its summary, each of its steps, and each term. Questions are left out, because their
 * explanations would give the answers away.
 */
export function searchEntries(chapters: readonly Chapter[], terms: readonly Term[]): SearchEntry[] {
	return [...chapters.flatMap(entriesOf), ...terms.map(entryOfTerm)];
}

function entriesOf({ number, slug, title, summary, steps }: Chapter): SearchEntry[] {
	const path = `/learn/${slug}/`;
	return [
		{ path, title, where: `Chapter ${number}`, text: summary },
		...steps.map((step) => ({
			path: `${path}#${step.id}`,
			title: step.title,
			where: `Chapter ${number}, ${title}`,
			text: plainText(step.html)
		}))
	];
}

function entryOfTerm({ id, term, html }: Term): SearchEntry {
	return { path: `/learn/glossary/#${id}`, title: term, where: 'Glossary', text: plainText(html) };
}
