import katex from 'katex';
import type { InlineMath, Math } from 'mdast-util-math';
import { fault } from './fault.server';

/** A formula as HTML, with MathML for those who cannot see it. @throws ContentError for TeX that KaTeX does not take */
export function renderMaths(node: Math | InlineMath, file: string): string {
	try {
		return katex.renderToString(node.value, {
			displayMode: node.type === 'math',
			output: 'htmlAndMathml',
			strict: 'error',
			throwOnError: true
		});
	} catch (error) {
		const reason = error instanceof katex.ParseError ? error.rawMessage : String(error);
		throw fault(file, node, `the formula '${node.value}' is not TeX that KaTeX takes: ${reason}`);
	}
}
