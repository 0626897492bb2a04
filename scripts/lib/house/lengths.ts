import ts from 'typescript';
import { treeOf } from './code.ts';

/** How long things are: the middle one, and the one that nine in ten do not exceed. */
export interface Spread {
	readonly count: number;
	readonly median: number;
	readonly p90: number;
}

/** Number of lines of a text; the newline at its end begins no other. */
export function linesOf(text: string): number {
	return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/**
 * The lengths of all functions with a body in braces, methods and those inside of others included, each from its first
 * word to its closing brace, in lines. Docstrings do not count, and neither do arrows that are one expression.
 */
export function functionLengths(code: string): number[] {
	const tree = treeOf(code);
	const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
	const found: number[] = [];
	const visit = (node: ts.Node): void => {
		const { body } = node as Partial<ts.FunctionLikeDeclaration>;
		if (ts.isFunctionLike(node) && body && ts.isBlock(body))
			found.push(lineAt(node.getEnd()) - lineAt(node.getStart()) + 1);
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

/** By nearest ranks: both numbers are ones that occur. @returns NaN of no values */
export function spreadOf(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
	return { count: sorted.length, median: at(0.5), p90: at(0.9) };
}
