import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const BLOCKS = /<!--[\s\S]*?-->|<style[^>]*>[\s\S]*?<\/style>/g;
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/.*$/gm;
const IMPORTS = /^\s*(?:import|export)\b[\w\s{},*$]*?\bfrom\s*['"][^'"]+['"];?|^\s*import\s*['"][^'"]+['"];?/gm;

/** Whether a file is there for the tests alone. @param file a path from `src` */
export function isOfTests(file: string): boolean {
	return /\.test\.ts$|(^|\/)testing(\/|\.ts$)/.test(file);
}

/** The files of `src` that make the site, as paths from there, sorted. @param src absolute */
export function filesOfSite(src: string): string[] {
	const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(ts|js|svelte)$/.test(file)
	);
	return files.filter((file) => !isOfTests(file) && !file.endsWith('.d.ts')).sort();
}

/** What a file does: its code, of a component its markup as well, without comments, styles and imports. */
export function actionsOf(src: string, file: string): string {
	return withoutTalk(readFileSync(join(src, file), 'utf8'));
}

/** @param text of a file, component or module */
export function withoutTalk(text: string): string {
	return text.replace(BLOCKS, '').replace(COMMENTS, '').replace(IMPORTS, '');
}

/** The code as a tree. @param code of a module, or of a component's scripts */
export function treeOf(code: string): ts.SourceFile {
	return ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true);
}

/** What a module imports to run, and not for its types alone: the specifiers, as they are written. */
export function valueImports(code: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
			const { moduleSpecifier: from } = node;
			if (from && ts.isStringLiteral(from) && brings(node)) found.push(from.text);
		} else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
			const [from] = node.arguments;
			if (from && ts.isStringLiteral(from)) found.push(from.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(treeOf(code));
	return found;
}

/** Whether an import or export brings more than types. */
function brings(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
	if (ts.isExportDeclaration(node)) return !node.isTypeOnly;
	const clause = node.importClause;
	if (!clause) return true;
	if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
	const { name, namedBindings: named } = clause;
	return name !== undefined || !named || !ts.isNamedImports(named) || named.elements.some((one) => !one.isTypeOnly);
}

/** The modules that a file starts as workers: the specifiers, as they are written. */
export function workersOf(code: string): string[] {
	return [...code.matchAll(/new Worker\(\s*new URL\('([^']+)'/g)].map(([, from = '']) => from);
}
