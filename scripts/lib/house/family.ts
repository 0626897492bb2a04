/** Where a family may be asked for: in its own folders, and in the lists that choose it. As paths from `src`. */
const MAY_ASK =
	/^lib\/(engine\/(vit|swin|conv)\/|views\/(sequence|windows|conv)\/|engine\/(families|readers|networks)\.ts|views\/families\.ts)/;

/** Ways of asking which family a model is of, outright and in disguise. */
const QUESTIONS: readonly RegExp[] = [
	/\b(?:is|as)(?:ViT|Swin|Conv)\w*\(/,
	/\bfamily\b *[!=]==(?: *'\w+')?/,
	// An entry's `family` is words for a card, and not a question.
	/(?<!\bentry)\.family\b(?! *[!=]==)/,
	/[!=]== *'(?:vit|swin|conv|sequence|windows)'/,
	/'(?:stages|windows|window)' in\b/,
	/\bshown\??\.windows\b/,
	/\bswin\??\.run\b(?!\.model)/,
	/\bhasWindows\b/
];

/** Each question once: the first way that fits takes all of it. */
const ANY = new RegExp(QUESTIONS.map(({ source }) => source).join('|'), 'g');

/** Whether a file has a right to ask. @param file a path from `src` */
export function mayAsk(file: string): boolean {
	return MAY_ASK.test(file);
}

/** How often code asks which family a model is of. @param code without comments and imports */
export function timesAsked(code: string): number {
	return [...code.matchAll(ANY)].length;
}
