import { LineCounter, isMap, isScalar } from 'yaml';
import type { Chapter } from './chapter';
import { fault, listed } from './fault.server';
import { parseYaml } from './references.server';
import { asShown } from './typography';

export type Frontmatter = Pick<Chapter, 'title' | 'summary'>;

const KEYS = ['title', 'summary'];

/**
 * Takes the frontmatter off a chapter.
 * @returns what it says, and the body, in which blank lines stand for it, so that lines keep their numbers
 * @throws ContentError
 */
export function readFrontmatter(text: string, file: string): { frontmatter: Frontmatter; body: string } {
	const match = /^---\n([\s\S]*?\n)---\n/.exec(text);
	if (!match?.[1]) throw fault(file, 1, "it does not start with frontmatter between two lines of '---'");
	const lines = new LineCounter();
	const document = parseYaml(match[1], file, lines, 2);
	if (!isMap(document.contents)) throw fault(file, 2, `the frontmatter is not a list of ${KEYS.join(', ')}`);
	const fields = new Map<string, { value: unknown; line: number }>();
	for (const { key, value } of document.contents.items) {
		const name = isScalar(key) ? String(key.value) : '';
		const line = lines.linePos((isScalar(key) ? key.range?.[0] : undefined) ?? 0).line + 1;
		if (!KEYS.includes(name)) throw fault(file, line, `unknown key '${name}': the frontmatter has ${listed(KEYS)}`);
		fields.set(name, { value: isScalar(value) ? value.value : undefined, line });
	}
	const frontmatter = { title: textOf('title'), summary: textOf('summary') };
	return { frontmatter, body: match[0].replace(/[^\n]+/g, '') + text.slice(match[0].length) };

	function textOf(name: string): string {
		const field = fields.get(name);
		if (!field) throw fault(file, 1, `the frontmatter has no ${name}`);
		if (typeof field.value !== 'string' || !field.value.trim()) throw fault(file, field.line, `the ${name} is empty`);
		return asShown(field.value.trim());
	}
}
