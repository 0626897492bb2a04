/** A tag, or the text up to the next one. What is given is our own HTML, in which no attribute has a `>`. */
const PIECE = /<(\/?)([a-zA-Z][\w-]*)([^>]*)>|<!--[\s\S]*?-->|[^<]+/g;

/** Elements that have no end. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr']);
/** What ends a word though no space is written. */
const APART = new Set(['p', 'li', 'td', 'th', 'tr', 'br', 'div', 'dd', 'dt']);
/** Code is no prose, and the TeX of a formula stands beside the formula itself. */
const LEFT_OUT = new Set(['pre', 'annotation']);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/**
 * What rendered prose says, without its markup: formulas as the characters of their MathML, and neither code on lines of
 * its own nor what is hidden from those who listen (`aria-hidden`).
 * @param html as the content loader renders it: every element that is opened is closed
 */
export function plainText(html: string): string {
	let text = '';
	/** How many elements within one that is left out are open, itself among them. */
	let hidden = 0;
	for (const [piece, closes, name = '', attributes = ''] of html.matchAll(PIECE)) {
		const tag = name.toLowerCase();
		if (tag === '') text += hidden > 0 || piece.startsWith('<') ? '' : unescape(piece);
		else if (hidden > 0) hidden += depthOf(tag, closes, attributes);
		else if (!closes && isLeftOut(tag, attributes)) hidden = depthOf(tag, closes, attributes);
		if (APART.has(tag)) text += ' ';
	}
	return text.replace(/\s+/g, ' ').trim();
}

const isLeftOut = (tag: string, attributes: string) => LEFT_OUT.has(tag) || attributes.includes('aria-hidden="true"');

function depthOf(tag: string, closes: string | undefined, attributes: string): number {
	if (closes) return -1;
	return VOID.has(tag) || attributes.endsWith('/') ? 0 : 1;
}

const unescape = (text: string) =>
	text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
		if (hex) return String.fromCodePoint(parseInt(hex, 16));
		return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name ?? ''] ?? whole);
	});
