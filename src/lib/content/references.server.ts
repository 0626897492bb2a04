import { LineCounter, isMap, isScalar, parseDocument, type Document } from 'yaml';
import type { Reference } from './chapter';
import { fault } from './fault.server';

const FILE = 'content/references.yaml';
const KEYS = ['short', 'title', 'url'] as const;

/** The references by id. @param text the file: `id: { short, title, url }`. @throws ContentError */
export function readReferences(text: string, file = FILE): Map<string, Reference> {
	const lines = new LineCounter();
	const document = parseYaml(text, file, lines);
	const line = (node: unknown) => lines.linePos(startOf(node)).line;
	if (!isMap(document.contents)) throw fault(file, 1, 'it is not a map of ids to references');
	const references = new Map<string, Reference>();
	for (const { key, value } of document.contents.items) {
		const id = isScalar(key) ? String(key.value) : '';
		if (!/^[a-z][a-z0-9-]*$/.test(id))
			throw fault(file, line(key), `'${id}' is no id of lower-case letters and digits`);
		if (!isMap(value)) throw fault(file, line(key), `'${id}' is not a map with ${KEYS.join(', ')}`);
		const wrong = (what: string) => fault(file, line(key), `the reference '${id}' ${what}`);
		references.set(id, { id, ...readReference(value.toJSON() as Record<string, unknown>, wrong) });
	}
	return references;
}

function readReference(found: Record<string, unknown>, wrong: (what: string) => Error): Omit<Reference, 'id'> {
	const unknown = Object.keys(found).find((key) => !(KEYS as readonly string[]).includes(key));
	if (unknown !== undefined) throw wrong(`has an unknown key '${unknown}'`);
	const text = (key: string): string => {
		const value = found[key];
		if (typeof value === 'string' && value.trim()) return value.trim();
		throw wrong(`has no ${key}`);
	};
	const reference = { short: text('short'), title: text('title'), url: text('url') };
	if (!/^https:\/\/\S+$/.test(reference.url)) throw wrong(`has the url '${reference.url}', which is no https address`);
	return reference;
}

/** Parses YAML. @throws ContentError at the first thing that is not YAML, a key given twice among them */
export function parseYaml(text: string, file: string, lines: LineCounter, firstLine = 1): Document {
	const document = parseDocument(text, { lineCounter: lines });
	const [error] = document.errors;
	if (!error) return document;
	const line = lines.linePos(error.pos[0]).line + firstLine - 1;
	const what = error.code === 'DUPLICATE_KEY' ? 'a key is given twice' : 'this is not YAML';
	throw fault(file, line, `${what}: ${error.message.split('\n')[0]?.replace(/( at line.*|[.:])$/, '') ?? ''}`);
}

function startOf(node: unknown): number {
	const range = isScalar(node) || isMap(node) ? node.range : undefined;
	return range?.[0] ?? 0;
}
