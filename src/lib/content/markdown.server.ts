import type { Root, RootContent } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

export type Of<T extends RootContent['type']> = Extract<RootContent, { type: T }>;
export type ContainerDirective = Of<'containerDirective'>;
export type TextDirective = Of<'textDirective'>;
export type List = Of<'list'>;

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkMath).use(remarkDirective);

/** Markdown as a tree: CommonMark with GitHub's tables and task lists, maths between dollars, and directives. */
export function parseMarkdown(text: string): Root {
	return processor.parse(text);
}

/** The very text that a node was parsed from. */
export function sourceOf(node: RootContent, text: string): string {
	const { start, end } = node.position ?? {};
	return text.slice(start?.offset ?? 0, end?.offset ?? 0);
}
