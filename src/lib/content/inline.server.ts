import type { ElementContent, Properties } from 'hast';
import { toString } from 'mdast-util-to-string';
import type { Language } from '../base/language';
import { fault, listed } from './fault.server';
import type { Known } from './known.server';
import { GLOSSARY } from './links.server';
import { sourceOf, type TextDirective } from './markdown.server';
import { SIZE_KEYS, formatSize, isSizeKey, sizesOf } from './sizes';
import { namesTap } from './tap-names';

/** What prose is rendered with, and what rendering finds out about it. */
export interface Prose {
	readonly file: string;
	readonly text: string;
	readonly known: Known;
	/** In which it is written. */
	readonly language: Language;
	/** Notes that a reference is cited. */
	cite(id: string): void;
}

/** The element that a directive within a sentence becomes; without children it keeps its own. */
interface Inline {
	readonly tag: string;
	readonly properties: Properties;
	readonly children?: readonly ElementContent[];
}

type Make = (node: TextDirective, prose: Prose) => Inline;

/** `:size[dim]`, `:term[a word]{#id}`, `:tap[norm]` and `:cite[id]`. */
const INLINE: Readonly<Record<string, Make>> = { size, term, tap, cite };

/**
 * Makes a directive within a sentence an element, or gives back the text that it is. A colon in ordinary text, as in
 * 12:30, looks like a directive to the parser; only one with a label or attributes can be a misspelt one.
 * @returns the text, or null if the node is now an element
 * @throws ContentError
 */
export function readInline(node: TextDirective, prose: Prose): string | null {
	const make = INLINE[node.name];
	const bare = node.children.length === 0 && Object.keys(node.attributes ?? {}).length === 0;
	if (!make && bare) return sourceOf(node, prose.text);
	if (!make)
		throw fault(prose.file, node, `unknown directive ':${node.name}'; there are ${listed(Object.keys(INLINE))}`);
	const { tag, properties, children } = make(node, prose);
	node.data = { hName: tag, hProperties: properties, ...(children && { hChildren: [...children] }) };
	return null;
}

/** What stands between the brackets, as it was typed: `blocks.*.norm1` is no emphasis. */
function labelOf(node: TextDirective, { file, text }: Prose): string {
	const label = /^:\w+\[([^\]]*)\]/.exec(sourceOf(node, text))?.[1]?.trim();
	if (!label) throw fault(file, node, `':${node.name}' has nothing between brackets`);
	refuseAttributes(node, [], file);
	return label;
}

function refuseAttributes(node: TextDirective, allowed: readonly string[], file: string): void {
	const unknown = Object.keys(node.attributes ?? {}).find((name) => !allowed.includes(name));
	if (unknown !== undefined) throw fault(file, node, `':${node.name}' has no attribute '${unknown}'`);
}

function size(node: TextDirective, prose: Prose): Inline {
	const key = labelOf(node, prose);
	if (!isSizeKey(key)) throw fault(prose.file, node, `unknown size '${key}'; there are ${listed(SIZE_KEYS)}`);
	const value = sizesOf(prose.known.config, prose.known.parameters)[key];
	return {
		tag: 'data',
		properties: { className: ['size'], dataSize: key, value: String(value) },
		children: [{ type: 'text', value: formatSize(value, prose.language) }]
	};
}

function term(node: TextDirective, { file, known }: Prose): Inline {
	refuseAttributes(node, ['id'], file);
	const id = node.attributes?.id;
	if (!id) throw fault(file, node, "':term' names no term: write ':term[text]{#id}'");
	if (!known.terms.has(id)) throw fault(file, node, `unknown term '${id}': the glossary does not have it`);
	if (!toString(node).trim()) throw fault(file, node, "':term' has nothing between brackets");
	return { tag: 'a', properties: { className: ['term'], href: `../${GLOSSARY}/#${id}`, dataTerm: id } };
}

function tap(node: TextDirective, prose: Prose): Inline {
	const name = labelOf(node, prose);
	if (!namesTap(name, prose.known.taps)) throw fault(prose.file, node, `unknown tap '${name}'`);
	return {
		tag: 'button',
		properties: { type: 'button', className: ['tap'], dataTap: name },
		children: [{ type: 'text', value: name }]
	};
}

function cite(node: TextDirective, prose: Prose): Inline {
	const id = labelOf(node, prose);
	const reference = prose.known.references.get(id);
	if (!reference) throw fault(prose.file, node, `unknown reference '${id}': content/references.yaml does not have it`);
	prose.cite(id);
	return {
		tag: 'a',
		properties: { className: ['cite'], href: reference.url, rel: ['external'], title: reference.title },
		children: [{ type: 'text', value: reference.short }]
	};
}
