import type { Parent, Root, RootContent } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import type { Highlighter } from 'shiki';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { fault } from './fault.server';
import { renderFence } from './fence.server';
import { readInline, type Prose } from './inline.server';
import { isExternal, readLink, type InnerLink } from './links.server';
import { renderMaths } from './maths.server';
import type { Of } from './markdown.server';
import { countWords } from './reading-time.server';
import { asShown } from './typography';

const toHtml = unified()
	.use(remarkRehype, { allowDangerousHtml: true })
	.use(rehypeStringify, { allowDangerousHtml: true });

/** What has no place in a step, with what to do instead. */
const REFUSED: Partial<Record<RootContent['type'], string>> = {
	heading: 'a heading within the text: begin a new step, which has a title',
	image: 'a picture in the text: figures are figures',
	imageReference: 'a picture in the text: figures are figures',
	linkReference: 'a link by reference: write the address beside it',
	definition: 'an address by itself: write it beside its link',
	footnoteReference: 'a footnote: say it in the text or leave it out',
	footnoteDefinition: 'a footnote: say it in the text or leave it out',
	leafDirective: "an unknown directive that begins with '::'",
	containerDirective: "a directive within another: is the closing ':::' of the one above missing?"
};

/**
 * Keeps a formula on one line with the stop after it, as browsers may break a line before that.
 * @param next what follows the formula: a stop is taken off it
 */
function withStop(formula: string, next: RootContent | undefined): string {
	const [stop] = (next?.type === 'text' && /^[.,:;!?)]+/.exec(next.value)) || [''];
	if (next?.type !== 'text' || stop === '') return formula;
	next.value = next.value.slice(stop.length);
	return `<span class="with-stop">${formula}${stop}</span>`;
}

/** Renders the prose of one file, gathers its links, and counts its words. */
export class Renderer {
	readonly links: InnerLink[] = [];
	/** In all that has been rendered so far. */
	words = 0;
	/** Formulas and pieces of code on lines of their own, likewise. */
	displays = 0;

	/** @param slug the chapter's, to which links such as `#step` lead */
	constructor(
		readonly prose: Prose,
		private readonly slug: string,
		private readonly highlighter: Highlighter
	) {}

	/** @returns HTML of whole paragraphs. @throws ContentError */
	blocks(nodes: readonly RootContent[]): string {
		const root: Root = { type: 'root', children: [...nodes] };
		visit(root, (node, index, parent) => (node.type === 'root' ? undefined : this.#prepare(node, index, parent)));
		const tree = toHtml.runSync(root);
		this.words += countWords(tree);
		return toHtml.stringify(tree).trim();
	}

	/** @returns HTML of what one paragraph holds, for a place that is a paragraph itself. @throws ContentError */
	inline(paragraph: Of<'paragraph'>): string {
		return this.blocks([paragraph]).replace(/^<p>|<\/p>$/g, '');
	}

	/** Makes one node ready for HTML, in place. */
	#prepare(node: RootContent, index: number | undefined, parent: Parent | undefined): typeof SKIP | undefined {
		const { file, known } = this.prose;
		const replace = (value: string, type: 'html' | 'text' = 'html') => {
			if (parent && index !== undefined) parent.children[index] = { type, value };
			return SKIP;
		};
		const refused = REFUSED[node.type];
		if (refused) throw fault(file, node, `there is ${refused}`);
		switch (node.type) {
			case 'text':
				node.value = asShown(node.value);
				return undefined;
			case 'textDirective': {
				const text = readInline(node, this.prose);
				return text === null ? undefined : replace(text, 'text');
			}
			case 'link':
				this.#noteLink(node);
				return undefined;
			case 'html':
				if (!/^<!--[\s\S]*-->$/.test(node.value)) throw fault(file, node, 'there is HTML in the text: write Markdown');
				return replace('');
			case 'math':
				this.displays++;
				return replace(renderMaths(node, file));
			case 'inlineMath':
				return replace(withStop(renderMaths(node, file), parent?.children[(index ?? 0) + 1]));
			case 'code':
				this.displays++;
				return replace(renderFence(this.highlighter, node, known, file));
			default:
				return undefined;
		}
	}

	#noteLink(node: Of<'link'>): void {
		const { file, known } = this.prose;
		const link = readLink(node.url, { file, slug: this.slug, at: node }, known.pages);
		if (link) this.links.push(link);
		if (isExternal(node.url)) node.data = { hProperties: { rel: ['external'] } };
	}
}
