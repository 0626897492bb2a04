import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from './rooms.js';

/** What is written about the repository, as paths from its root. */
const PAGES = [
	...readdirSync('docs', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join('docs', file)),
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'content/README.md'
];

/** Where a file's name may begin: it is written from the root, or from where nearly all of the code is. */
const STARTS = ['.', 'src/lib', 'src/lib/engine'];

/** The names of all files, wherever they are: one that is told without a folder is one of these. */
const NAMES = new Set(
	['src', 'scripts', 'tests', 'content', 'docs', 'static/models/patchwork-t', '.'].flatMap((folder) =>
		readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((file) => basename(file))
	)
);

const isThere = (name: string) =>
	STARTS.some((start) => existsSync(join(start, name))) || (!name.includes('/') && NAMES.has(name));

const read = (page: string) => readFileSync(page, 'utf8');

/** What a page names in code: whatever has a file's ending, or starts in a folder that there is. */
function namedIn(text: string): string[] {
	const code = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
	return code.filter(
		(name) => /^[\w.@+/-]+$/.test(name) && (/\w\.(ts|js|svelte|css|md|yaml)$/.test(name) || isPath(name))
	);
}

/** Whether a name with slashes is a path of ours, and not, say, a repository's on the hub. */
function isPath(name: string): boolean {
	const [first = '', ...rest] = name.split('/');
	return rest.length > 0 && STARTS.some((start) => first !== '' && existsSync(join(start, first)));
}

/** The pages of the repository that a page links to, as paths from the root. */
function linkedIn(text: string, page: string): string[] {
	const links = [...text.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => to);
	return links.filter((to) => !/^[a-z]+:/.test(to)).map((to) => join(dirname(page), to));
}

describe.each(PAGES)('%s', (page) => {
	it('names files that there are', () => {
		expect(namedIn(read(page)).filter((name) => !isThere(name))).toEqual([]);
	});
});

// How a link of the prose is written is shown in content/README.md, and checked when the site is built.
describe.each(PAGES.filter((page) => page !== 'content/README.md'))('%s', (page) => {
	it('links to pages that there are', () => {
		expect(linkedIn(read(page), page).filter((path) => !existsSync(path))).toEqual([]);
	});
});

describe('the list of rooms in docs/architecture.md', () => {
	const rows = [...read('docs/architecture.md').matchAll(/^\| `([a-z]+)` +\| (.*?) \|/gm)];

	it('is that of the rule, in its order', () => expect(rows.map(([, room]) => room)).toEqual(ROOMS));

	it('says which are empty so far', () => {
		const said = rows.filter(([, , holds = '']) => /empty so far/.test(holds)).map(([, room]) => room);
		const empty = ROOMS.filter((room) => !['src', 'src/lib'].some((folder) => existsSync(join(folder, room))));
		expect(said).toEqual(empty);
	});
});

describe('what counts as a file that is named', () => {
	it.each([
		['`engine/run.ts` and `docs/none.md`', ['engine/run.ts', 'docs/none.md']],
		['`src/lib/none/`', ['src/lib/none/']],
		['`blocks.0.out`, `model.safetensors`, `timm/vit_tiny`, `a / b`, `npm start`', []],
		['`engine/<family>/read.ts`', []]
	])('%s', (text, expected) => expect(namedIn(text)).toEqual(expected));

	it('leaves the web to itself', () => {
		expect(linkedIn('[a](https://example.org) [b](taps.md#x) [c](#d)', 'docs/a.md')).toEqual(['docs/taps.md']);
	});
});
