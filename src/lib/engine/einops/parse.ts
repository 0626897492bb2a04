import { EinopsError, type Request, type Span } from './error';
import { tokenise, type Token } from './tokens';

/**
 * An axis as it is written. A `number` is an anonymous axis of a fixed length of 2 or more, different from every other;
 * `one` is an axis of length 1, which holds nothing; `ellipsis` stands for any number of axes.
 */
export type Axis =
	| { readonly kind: 'name'; readonly name: string; readonly span: Span }
	| { readonly kind: 'number'; readonly length: number; readonly span: Span }
	| { readonly kind: 'one'; readonly span: Span }
	| { readonly kind: 'ellipsis'; readonly span: Span };

/** One axis of the tensor: a single axis as written, or several in parentheses (or none: length 1). */
export interface Group {
	readonly axes: readonly Axis[];
	readonly parenthesised: boolean;
	readonly span: Span;
}

export interface Side {
	readonly groups: readonly Group[];
	readonly span: Span;
}

export interface Pattern {
	readonly text: string;
	readonly left: Side;
	readonly right: Side;
	/** Where `->` stands. */
	readonly arrow: Span;
}

/**
 * Reads a pattern such as `b c (h p1) (w p2) -> b (h w) (p1 p2 c)`. Every part knows where it stands in the text.
 * @throws EinopsError for what is no pattern under any operation and for any shape
 */
export function parse(request: Request): Pattern {
	const text = request.pattern;
	const arrow = findArrow(request);
	const left = readSide(request, { start: 0, end: arrow.start });
	const right = readSide(request, { start: arrow.end, end: text.length });
	return { text, left, right, arrow };
}

/** All axes of a side, without their parentheses. */
export const axesOf = (side: Side): Axis[] => side.groups.flatMap((group) => group.axes);

function findArrow(request: Request): Span {
	const text = request.pattern;
	const start = text.indexOf('->');
	if (start < 0) {
		const lookalike = /[→⟶⇒➔]|[-=–—]>|[-=–—]/u.exec(text);
		const span = lookalike && { start: lookalike.index, end: lookalike.index + lookalike[0].length };
		const problem = "The pattern has no arrow: write '->' between the input’s axes and the output’s.";
		throw new EinopsError(problem, request, span);
	}
	const second = text.indexOf('->', start + 2);
	if (second >= 0) {
		const problem = "The pattern has more than one arrow: keep one '->', with the input on its left.";
		throw new EinopsError(problem, request, { start: second, end: second + 2 });
	}
	return { start, end: start + 2 };
}

function readSide(request: Request, span: Span): Side {
	const groups: Group[] = [];
	const names = new Set<string>();
	let open: { axes: Axis[]; start: number } | null = null;
	const fail = (sentence: string, at: Span): never => {
		throw new EinopsError(sentence, request, at);
	};
	for (const token of tokenise(request, span)) {
		if (token.kind === 'open') {
			if (open) fail(nested(request.pattern.slice(span.start, span.end)), token.span);
			open = { axes: [], start: token.span.start };
		} else if (token.kind === 'close') {
			if (!open) return fail("This ')' closes nothing: add '(' before it or take it away.", token.span);
			groups.push({ axes: open.axes, parenthesised: true, span: { start: open.start, end: token.span.end } });
			open = null;
		} else {
			const axis = readAxis(request, token);
			const name = axis.kind === 'ellipsis' ? ONE_CHARACTER : axis.kind === 'name' ? axis.name : null;
			if (name !== null && names.has(name)) fail(twice(axis, span.start === 0), axis.span);
			if (name !== null) names.add(name);
			if (open) open.axes.push(axis);
			else groups.push({ axes: [axis], parenthesised: false, span: axis.span });
		}
	}
	if (open) fail("This '(' is never closed: add ')' after the last axis that belongs to it.", at(open.start));
	return { groups, span };
}

/** What is wrong where a parenthesis opens inside another: most often, the ')' before it was forgotten. */
function nested(side: string): string {
	const count = (character: string) => side.split(character).length;
	if (count('(') === count(')')) return 'Parentheses cannot stand inside parentheses: take the inner pair away.';
	return "The '(' before this one is still open: add its ')', since parentheses cannot stand inside parentheses.";
}

const at = (start: number): Span => ({ start, end: start + 1 });

function twice(axis: Axis, left: boolean): string {
	const side = left ? 'left' : 'right';
	const name = axis.kind === 'name' ? axis.name : ONE_CHARACTER;
	if (name === ONE_CHARACTER) return `The ${side} side has two ellipses: keep one, for all the axes not named.`;
	return `Axis ${name} stands twice on the ${side}: give each axis of a side its own name.`;
}

/**
 * The one character of three dots. To einops 0.8.2 it is the name of a single axis, which no size can be given for, and
 * not the `...` that stands for any number of them.
 */
export const ONE_CHARACTER = '…';

/** ASCII digits only; a word that starts with one but goes on otherwise is no axis. */
function readAxis(request: Request, { text, kind, span }: Token): Axis {
	if (kind === 'ellipsis') return { kind, span };
	if (text === ONE_CHARACTER) return { kind: 'name', name: text, span };
	if (!/^\d+$/.test(text)) {
		const problem = whyNoName(text);
		if (problem !== null) throw new EinopsError(problem, request, span);
		return { kind: 'name', name: text, span };
	}
	const length = Number(text);
	if (length === 1) return { kind: 'one', span };
	if (length > 1) return { kind: 'number', length, span };
	throw new EinopsError('An axis written as a number needs a length of at least 1: 0 is no length.', request, span);
}

/** What is wrong with the name of an axis, in a sentence; null for a good one. Names are those of Python. */
export function whyNoName(name: string): string | null {
	if (name.includes(ONE_CHARACTER)) return `'${name}' is no name for an axis: '…' can only stand alone.`;
	if (/^[\d]/.test(name)) return `'${name}' is no name for an axis: start it with a letter.`;
	if (name.startsWith('_') || name.endsWith('_'))
		return `'${name}' is no name for an axis: it must not start or end with an underscore.`;
	if (!/^\p{XID_Start}[\p{XID_Continue}]*$/u.test(name))
		return `'${name}' is no name for an axis: use letters, digits and underscores, and start with a letter.`;
	return null;
}
