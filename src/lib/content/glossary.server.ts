import type { RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import type { Term } from './chapter';
import { fault } from './fault.server';
import { loadHighlighter } from './highlight.server';
import type { Known } from './known.server';
import { GLOSSARY, checkLinks, type Targets } from './links.server';
import { parseMarkdown, type Of } from './markdown.server';
import { Renderer } from './render.server';
import { asShown } from './typography';

const FILE = 'content/glossary.md';
const HEADING = /^(.+?) ?\{#([a-z][a-z0-9-]*)\}$/;

/** The ids of all terms, in the order of the file. @param text the file. @throws ContentError */
export function glossaryIds(text: string, file = FILE): Set<string> {
	return new Set(entries(text, file).map(({ id }) => id));
}

/**
 * The glossary by the alphabet, rendered: `## Term {#id}` and one or two sentences each.
 * @param targets the chapters that it may link to
 * @throws ContentError
 */
export async function readGlossary(
	text: string,
	known: Known,
	targets: Targets,
	{ draft = false, file = FILE } = {}
): Promise<Term[]> {
	const prose = { file, text, known, language: 'en' as const, cite: () => undefined };
	const renderer = new Renderer(prose, GLOSSARY, await loadHighlighter());
	const terms = entries(text, file).map(({ id, term, body }) => ({ id, term, html: renderer.blocks(body) }));
	checkLinks(renderer.links, targets, draft);
	return terms.sort((a, b) => a.term.localeCompare(b.term, 'en'));
}

interface Entry {
	readonly id: string;
	readonly term: string;
	readonly body: RootContent[];
}

function entries(text: string, file: string): Entry[] {
	const found = new Map<string, Entry & { readonly heading: Of<'heading'> }>();
	let current: Entry | undefined;
	for (const node of parseMarkdown(text).children) {
		if (node.type === 'heading' && node.depth === 1 && !current) continue;
		if (node.type === 'heading') {
			const entry = readHeading(node, file);
			if (found.has(entry.id)) throw fault(file, node, `the term '${entry.id}' is there already`);
			found.set(entry.id, { ...entry, heading: node });
			current = entry;
		} else if (current) current.body.push(node);
		else throw fault(file, node, "text stands before the first '## Term {#id}'");
	}
	for (const { id, body, heading } of found.values()) {
		if (body.length === 0) throw fault(file, heading, `the term '${id}' is not explained`);
	}
	return [...found.values()];
}

function readHeading(node: Of<'heading'>, file: string): Entry {
	const [, term, id] = HEADING.exec(toString(node)) ?? [];
	if (node.depth === 2 && term && id) return { id, term: asShown(term), body: [] };
	throw fault(file, node, "the heading is not of the form '## Term {#id}'");
}
