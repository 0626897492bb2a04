import { EinopsError, type Request, type Span } from './error';

export interface Token {
	readonly kind: 'open' | 'close' | 'word' | 'ellipsis';
	readonly text: string;
	readonly span: Span;
}

/**
 * Dots, a word, a parenthesis, spaces, or one character of anything else; together they cover any text. The one character
 * of three dots is a word, as einops 0.8.2 has it.
 */
const PIECE = /(?<dots>\.+)|(?<word>[\p{L}\p{N}_…]+)|(?<open>\()|(?<close>\))|(?<space> +)|(?<other>[^])/gu;

/**
 * Cuts a part of the pattern into tokens.
 * @throws EinopsError for a character that has no meaning, and for dots that are no ellipsis
 */
export function tokenise(request: Request, { start, end }: Span): Token[] {
	const tokens: Token[] = [];
	for (const match of request.pattern.slice(start, end).matchAll(PIECE)) {
		const text = match[0];
		const span = { start: start + match.index, end: start + match.index + text.length };
		const { dots, word, open, other } = match.groups ?? {};
		if (other !== undefined) throw new EinopsError(unknown(other), request, span);
		if (match.groups?.space !== undefined) continue;
		if (dots !== undefined) checkDots(request, dots, span);
		const kind = dots ? 'ellipsis' : word ? 'word' : open ? 'open' : 'close';
		tokens.push({ kind, text, span });
	}
	return tokens;
}

function checkDots(request: Request, dots: string, span: Span): void {
	if (dots.length !== 3) {
		throw new EinopsError("Dots may only form an ellipsis: write exactly three, '...'.", request, span);
	}
	const around = [request.pattern[span.start - 1] ?? ' ', request.pattern[span.end] ?? ' '];
	if (around.some((character) => /[\p{L}\p{N}_…]/u.test(character))) {
		throw new EinopsError("Put a space between the ellipsis '...' and the name next to it.", request, span);
	}
}

/** What to do about a character that has no meaning in a pattern. */
function unknown(character: string): string {
	if (/\s/.test(character))
		return 'Only plain spaces may stand between axes: replace this tab, line break or odd space.';
	if (/[,;*×]/.test(character)) return `'${character}' has no meaning in a pattern: put a space between axes instead.`;
	if (/[[\]{}]/.test(character)) return `'${character}' has no meaning in a pattern: group axes with ( and ).`;
	if (/[-=>–—→]/.test(character))
		return `'${character}' has no meaning here: the arrow is written '->', once, without spaces.`;
	return `'${character}' has no meaning in a pattern: use names, numbers, spaces, ( ), ... and ->.`;
}
