import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { SearchEntry } from '../../content/search-entry';

/** Words and numbers; everything else parts them. */
export const WORD = /[\p{L}\p{N}]+/gu;

/** A word as it is compared: small letters, without the marks on them. `Fréchet` and `frechet` are the same word. */
export const folded = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** How the index is made, and read again: by MiniSearch 7, which must be told the same at both times. */
export const OPTIONS: Options<SearchEntry> = {
	idField: 'path',
	fields: ['title', 'text'],
	storeFields: ['path', 'title', 'where', 'text'],
	tokenize: (text) => text.match(WORD) ?? [],
	processTerm: folded
};

/** The index of all entries as plain data, with the entries in it. */
export function indexOf(entries: readonly SearchEntry[]): AsPlainObject {
	const index = new MiniSearch(OPTIONS);
	index.addAll(entries);
	return index.toJSON();
}
