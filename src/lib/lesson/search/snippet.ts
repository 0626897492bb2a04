import { folded, WORD } from './index-of';

/** A stretch of text, and whether it is what was looked for. */
export interface Stretch {
	readonly text: string;
	readonly marked: boolean;
}

/** Characters before the first mark that are shown with it, and of the whole. */
const BEFORE = 50;
const LENGTH = 180;

/**
 * A text with the words marked that were found in it.
 * @param words as the index has them, see {@link folded}
 */
export function marked(text: string, words: ReadonlySet<string>): Stretch[] {
	const stretches: Stretch[] = [];
	let end = 0;
	for (const { index, 0: word } of text.matchAll(WORD)) {
		if (!words.has(folded(word))) continue;
		if (index > end) stretches.push({ text: text.slice(end, index), marked: false });
		stretches.push({ text: word, marked: true });
		end = index + word.length;
	}
	if (end < text.length) stretches.push({ text: text.slice(end), marked: false });
	return stretches;
}

/** Of a text, the part where most of what was found stands together, cut between words, with its marks. */
export function snippet(text: string, words: ReadonlySet<string>): Stretch[] {
	const from = wordStart(text, bestPlace(text, words) - BEFORE);
	const to = wordEnd(text, from + LENGTH);
	const part = `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
	return marked(part, words);
}

/** Where the stretch begins that has most different words of those found; the first of its kind. */
function bestPlace(text: string, words: ReadonlySet<string>): number {
	const hits = [...text.matchAll(WORD)]
		.map(({ index, 0: word }) => ({ index, word: folded(word) }))
		.filter(({ word }) => words.has(word));
	const countFrom = (start: number) =>
		new Set(hits.filter(({ index }) => index >= start && index < start + LENGTH - BEFORE).map(({ word }) => word)).size;
	let best = { index: 0, count: 0 };
	for (const { index } of hits) {
		const count = countFrom(index);
		if (count > best.count) best = { index, count };
	}
	return best.index;
}

function wordStart(text: string, at: number): number {
	if (at <= 0) return 0;
	const space = text.indexOf(' ', at);
	return space < 0 ? at : space + 1;
}

function wordEnd(text: string, at: number): number {
	if (at >= text.length) return text.length;
	const space = text.lastIndexOf(' ', at);
	return space < 0 ? at : space;
}
