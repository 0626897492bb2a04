import type { Root, RootContent } from 'hast';

/** Words of non-fiction that an adult reads silently in a minute (Brysbaert 2019). */
const WORDS_PER_MINUTE = 238;

/** For a formula or piece of code that stands by itself: our own estimate, for somebody who wants to follow it. */
const MINUTES_PER_DISPLAY = 0.5;

/** To set a guess and to compare it with what comes of it: our own estimate. */
const MINUTES_PER_GUESS = 0.25;

/** A run of characters that has something to read in it, other than a sign such as × by itself. */
const WORD = /\S*[\p{L}\p{N}]\S*/gu;

/**
 * Words of prose in what Markdown was rendered to. A formula within a sentence is read as one word; formulas and code on
 * lines of their own are counted apart, by {@link Renderer}. Both are HTML already (`raw`) in this tree.
 */
export function countWords(tree: Root): number {
	return textOf(tree.children, false).match(WORD)?.length ?? 0;
}

/**
 * Whole minutes, at least 1, that so many words take to read, and so many formulas and pieces of code on lines of their
 * own, each of which is gone through symbol by symbol, and so many guesses in a figure take to make.
 */
export function minutesFor(words: number, displays = 0, guesses = 0): number {
	const minutes = words / WORDS_PER_MINUTE + displays * MINUTES_PER_DISPLAY + guesses * MINUTES_PER_GUESS;
	return Math.max(1, Math.round(minutes));
}

function textOf(nodes: readonly RootContent[], inSentence: boolean): string {
	return nodes
		.map((node) => {
			if (node.type === 'text') return node.value;
			if (node.type === 'raw') return inSentence && node.value ? 'x' : '';
			return node.type === 'element' ? textOf(node.children, inSentence || node.tagName === 'p') : '';
		})
		.join('');
}
