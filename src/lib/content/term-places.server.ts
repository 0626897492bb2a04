import type { Language } from '../base/language';
import type { Chapter } from './chapter';

/** A step of the lesson in which a term of the glossary is marked. */
export interface TermPlace {
	/** Of the chapter, counted from 1. */
	readonly number: number;
	readonly slug: string;
	/** Of the step, whose address is `/learn/<slug>/#<id>`. */
	readonly id: string;
	readonly title: string;
	/** Of the title. */
	readonly language: Language;
}

/** As {@link Renderer} marks a term in a step. */
const MARKED = /data-term="([^"]+)"/g;

/** Where the lesson marks each term, in the order of reading, each step once. @returns by the term's id */
export function termPlaces(chapters: readonly Chapter[]): Map<string, TermPlace[]> {
	const places = new Map<string, TermPlace[]>();
	for (const { number, slug, language, steps } of chapters) {
		for (const { id, title, html } of steps) {
			for (const term of new Set([...html.matchAll(MARKED)].map(([, term = '']) => term))) {
				places.set(term, [...(places.get(term) ?? []), { number, slug, id, title, language }]);
			}
		}
	}
	return places;
}
