import { describe, expect, it } from 'vitest';
import { glossaryIds, readGlossary } from './glossary.server';
import { readReferences } from './references.server';
import { KNOWN } from './testing';

const NO_CHAPTERS = new Map([['glossary', KNOWN.terms]]);
const GLOSSARY =
	'# Glossary\n\n## Token {#token}\n\nA *row*; see :term[CLS]{#cls}.\n\n## CLS token {#cls}\n\nOne of $n$.\n';

describe('the glossary', () => {
	it('gives its ids in their order, and its terms by the alphabet', async () => {
		expect([...glossaryIds(GLOSSARY)]).toEqual(['token', 'cls']);
		const terms = await readGlossary(GLOSSARY, KNOWN, NO_CHAPTERS);
		expect(terms.map(({ id, term }) => [id, term])).toEqual([
			['cls', 'CLS token'],
			['token', 'Token']
		]);
		expect(terms[1]?.html).toBe(
			'<p>A <em>row</em>; see <a class="term" href="../glossary/#cls" data-term="cls">CLS</a>.</p>'
		);
	});

	it.each([
		['a heading without id', '## Token\n\nText.', 1, "not of the form '## Term {#id}'"],
		['a heading of another depth', '### Token {#token}\n\nText.', 1, "not of the form '## Term {#id}'"],
		['an id twice', '## A {#a}\n\nText.\n\n## B {#a}\n\nText.', 5, "the term 'a' is there already"],
		['a term without explanation', '## A {#a}\n\n## B {#b}\n\nText.', 1, "the term 'a' is not explained"],
		['text before the first term', '# Glossary\n\nText.', 3, 'text stands before'],
		['a fault in the text', '## A {#a}\n\n:size[dims]', 3, "unknown size 'dims'"],
		['a dead link', '## A {#a}\n\n[x](../patches/)', 3, "a chapter 'patches', which does not exist"]
	])('refuses %s', async (_, text, line, words) => {
		const reading = readGlossary(text, KNOWN, NO_CHAPTERS);
		await expect(reading).rejects.toThrow(`content/glossary.md, line ${line}: `);
		await expect(reading).rejects.toThrow(words);
	});
});

const REFERENCE = 'vit:\n  short: D. 2020\n  title: An image\n  url: https://example.org/a\n';

describe('the references', () => {
	it('are read by id', () => {
		expect([...readReferences(REFERENCE)]).toEqual([
			['vit', { id: 'vit', short: 'D. 2020', title: 'An image', url: 'https://example.org/a' }]
		]);
	});

	it.each([
		['that are no map', '- a', 1, 'not a map of ids'],
		['that are not YAML', 'a: [', 1, 'not YAML'],
		['with an id twice', REFERENCE + REFERENCE, 5, 'a key is given twice'],
		['with a malformed id', REFERENCE.replace('vit', 'ViT 1'), 1, "'ViT 1' is no id"],
		['with an entry that is no map', 'a: b', 1, "'a' is not a map with short, title, url"],
		['without a short form', REFERENCE.replace(/ {2}short.*\n/, ''), 1, "'vit' has no short"],
		['with an empty title', REFERENCE.replace('An image', '""'), 1, "'vit' has no title"],
		['with another key', `${REFERENCE}  year: 2020\n`, 1, "'vit' has an unknown key 'year'"],
		['without https', REFERENCE.replace('https', 'http'), 1, 'is no https address'],
		['with a fault further down', `${REFERENCE}b: c\n`, 5, "'b' is not a map"]
	])('are refused %s', (_, text, line, words) => {
		expect(() => readReferences(text)).toThrow(`content/references.yaml, line ${line}: `);
		expect(() => readReferences(text)).toThrow(words);
	});
});
