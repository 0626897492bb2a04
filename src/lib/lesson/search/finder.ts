import MiniSearch, { type AsPlainObject, type SearchResult } from 'minisearch';
import type { SearchEntry } from '../../content/search-entry';
import { OPTIONS } from './index-of';
import { marked, snippet, type Stretch } from './snippet';

/** A place where something was found. */
export interface Found {
	/** From the site's root, with a slash before it. */
	readonly path: string;
	readonly where: string;
	readonly title: readonly Stretch[];
	readonly snippet: readonly Stretch[];
}

/** More than this nobody reads; who looks for `the` is told how many there are. */
export const MOST = 20;

/** A heading says what a place is about, so that a word in it counts more than one in passing. */
const BOOST = { title: 4 };
/** Letters that may be wrong: two changed places are two of them, and short words are too easily taken for each other. */
const fuzzy = ({ length }: string) => (length > 6 ? 2 : length > 3 ? 1 : false);

/** Finds places by words: their beginnings will do, and so do words with a slip of the finger in them. */
export class Finder {
	readonly #index: MiniSearch<SearchEntry>;

	/** @param index as `indexOf` made it */
	constructor(index: AsPlainObject) {
		this.#index = MiniSearch.loadJS(index, OPTIONS);
	}

	/** The best places first, at most {@link MOST}, and how many there are. Where none has all of the words, any of them counts. */
	find(query: string): { readonly found: readonly Found[]; readonly total: number } {
		const all = this.#search(query, 'AND');
		const results = all.length > 0 ? all : this.#search(query, 'OR');
		return { found: results.slice(0, MOST).map(asFound), total: results.length };
	}

	#search(query: string, combineWith: 'AND' | 'OR'): SearchResult[] {
		return this.#index.search(query, { prefix: true, fuzzy, boost: BOOST, combineWith });
	}
}

function asFound({ terms, path, where, title, text }: SearchResult): Found {
	const words = new Set(terms);
	return {
		path: String(path),
		where: String(where),
		title: marked(String(title), words),
		snippet: snippet(String(text), words)
	};
}
