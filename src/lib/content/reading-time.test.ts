import { describe, expect, it } from 'vitest';
import { readChapters } from './read-chapters.server';
import { parseMarkdown } from './markdown.server';
import { loadHighlighter } from './highlight.server';
import { minutesFor } from './reading-time.server';
import { Renderer } from './render.server';
import { KNOWN } from './testing';

async function words(text: string): Promise<number> {
	const prose = { file: 'file', text, known: KNOWN, language: 'en' as const, cite: () => undefined };
	const renderer = new Renderer(prose, 'a', await loadHighlighter());
	renderer.blocks(parseMarkdown(text).children);
	return renderer.words;
}

describe('the words of rendered prose', () => {
	it.each([
		['a sentence', 'Two patches, one *photo*: 12:30.', 5],
		['two paragraphs', 'One word.\n\nTwo more words.', 5],
		['a list', '- one\n- two\n\nthree', 3],
		['a size as one number', 'It has :size[parameters] weights.', 4],
		['a citation as it is shown', 'See :cite[vaswani2017].', 5],
		['terms, taps and links by their text', 'The :term[CLS token]{#cls} of :tap[norm] [here](#b).', 6],
		['a formula within a sentence as one', 'Here $a + \\frac{b}{c}$, then.', 3],
		['no formula on its own lines', 'So:\n\n$$\na + b = c\n$$\n\nthere.', 2],
		['no code on its own lines', 'So:\n\n```python\nx = a + b\n```\n\nthere.', 2],
		['code within a sentence', 'Call `norm1` now.', 3],
		['no sign by itself', '8 × 8 + 1', 3],
		['no comment', 'One.\n\n<!-- not this -->', 1]
	])('count %s', async (_, text, count) => {
		expect(await words(text)).toBe(count);
	});
});

describe('the minutes of a chapter', () => {
	const step = (count: number) =>
		`:::step{#start figure=tiles tap=patches title="A title of words"}\n${'word '.repeat(count)}\n:::\n`;
	const minutesOf = async (body: string) => {
		const text = `---\ntitle: A\nsummary: ${'More words. '.repeat(300)}\n---\n${body}`;
		return (await readChapters({ '/content/01-a/index.md': text }, KNOWN))[0]?.minutes;
	};

	it.each([
		[0, 1],
		[356, 1],
		[357, 2],
		[594, 2],
		[595, 3]
	])('are those that %d words take: %d', (count, minutes) => {
		expect(minutesFor(count)).toBe(minutes);
	});

	it('are half a minute longer for each formula or code on its own lines', async () => {
		expect([minutesFor(356, 1), minutesFor(0, 4)]).toEqual([2, 2]);
		const shown = '\n$$\nx\n$$\n\n```text\nx\n```\n';
		const body = (inner: string) =>
			`:::step{#start figure=tiles tap=patches title="A"}\n$y$ ${'word '.repeat(238)}\n${inner}:::\n`;
		expect(await minutesOf(body(''))).toBe(1);
		expect(await minutesOf(body(shown))).toBe(2);
	});

	it('are a quarter longer for each step that has the reader guess', async () => {
		expect([minutesFor(0, 0, 5), minutesFor(0, 0, 6)]).toEqual([1, 2]);
		expect(await minutesOf(step(340))).toBe(1);
		expect(await minutesOf(step(340).replace('figure=tiles', 'figure=tiles size=1'))).toBe(2);
	});

	it('count the steps and the predictions', async () => {
		const predict = `:::predict{#p figure=tiles tap=patches cover=off reveal=largest}\n${'word '.repeat(235)}\n\n- a\n- b\n\n:::\n`;
		expect(await minutesOf(step(357))).toBe(2);
		expect(await minutesOf(step(357) + predict)).toBe(2);
		expect(await minutesOf(step(358) + predict)).toBe(3);
	});

	it('leave out the questions, wherever they stand', async () => {
		const question = `:::question{#q}\n${'word '.repeat(600)}\n\n- [ ] a\n\n  Because.\n- [x] b\n\n  Because.\n\n:::\n`;
		expect(await minutesOf(step(356) + question)).toBe(1);
	});
});
