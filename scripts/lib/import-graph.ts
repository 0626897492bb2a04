import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SCRIPTS = /<script[^>]*>([\s\S]*?)<\/script>/g;
const ENDINGS = ['', '.ts', '.js', '.svelte.ts', '/index.ts'];

/** The code of a file: of a component its script blocks, of anything else the whole. */
export function codeOf(file: string): string {
	const text = readFileSync(file, 'utf8');
	if (!file.endsWith('.svelte')) return text;
	return [...text.matchAll(SCRIPTS)].map((found) => found[1]).join('\n');
}

function isFile(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The file that a specifier means, or null where it is a package's or a virtual module. */
export function fileOf(specifier: string, from: string, src: string): string | null {
	const path = specifier.replace(/\?.*$/, '');
	const base = path.startsWith('$lib/')
		? join(src, 'lib', path.slice('$lib/'.length))
		: path.startsWith('.')
			? resolve(dirname(from), path)
			: null;
	if (base === null) return null;
	return ENDINGS.map((ending) => base + ending).find(isFile) ?? null;
}

/**
 * Which file of `src` imports which, types and dynamic imports included, Svelte components read too.
 *
 * @param src The folder `src`, absolute.
 * @returns For each `.ts`, `.js` and `.svelte` file, as a path from `src`, the files of `src` that it imports, sorted.
 */
export function importGraph(src: string): Map<string, string[]> {
	const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(ts|js|svelte)$/.test(file)
	);
	return new Map(
		files.sort().map((file) => {
			const path = join(src, file);
			const { importedFiles } = ts.preProcessFile(codeOf(path), true, true);
			const targets = importedFiles.map(({ fileName }) => fileOf(fileName, path, src));
			const inside = targets.filter((target) => target !== null).map((target) => relative(src, target));
			return [file, [...new Set(inside)].filter((target) => !target.startsWith('..')).sort()];
		})
	);
}
