/** A page of the site that is kept on this device. */
interface KeptPage {
	readonly href: string;
	readonly title: string;
}

/** Pages that are offered where there is no network, by their addresses below the root of a language's pages. */
export const OFFERED = [
	{ path: '', en: 'The first page', de: 'Die erste Seite' },
	{ path: 'learn/', en: 'Learn', de: 'Lernen' },
	{ path: 'inspect/', en: 'Inspect a photo', de: 'Ein Foto untersuchen' },
	{ path: 'experiment/', en: 'Experiment', de: 'Experimentieren' },
	{ path: 'models/', en: 'Models', de: 'Modelle' }
] as const;

const WORDS = {
	en: {
		title: 'There is no network, and this page is not kept here',
		why: 'Patchwork keeps its pages on this device once a model has run in it, in each language that was read. Nothing is kept for this address: either that page was never there with a network, or there is no such page.',
		again: 'With a network again, load it anew.',
		here: 'Kept on this device:',
		other: 'Kept on this device, in English:',
		none: 'No page of this site is kept on this device.'
	},
	de: {
		title: 'Es gibt kein Netz, und diese Seite ist hier nicht gespeichert',
		why: 'Patchwork speichert seine Seiten auf diesem Gerät, sobald darin ein Modell gelaufen ist, in jeder Sprache, die gelesen wurde. Für diese Adresse ist nichts gespeichert: Entweder war die Seite nie mit Netz hier, oder es gibt sie nicht.',
		again: 'Sobald es wieder ein Netz gibt, lade sie neu.',
		here: 'Auf diesem Gerät gespeichert:',
		other: 'Auf diesem Gerät gespeichert, auf Englisch:',
		none: 'Auf diesem Gerät ist keine Seite dieser Website gespeichert.'
	}
} as const;

const STYLE = `:root { color-scheme: light dark; font: 1.0625rem/1.5 Charter, Georgia, serif; }
body { max-width: 40rem; margin: 12vh auto; padding: 0 1.25rem; color: light-dark(#1f1c18, #ece7dd); background: light-dark(#fbf9f4, #15161a); }
h1 { font-size: 1.75rem; line-height: 1.2; }
a { color: inherit; }
li { margin: 0.5rem 0; }`;

/**
 * What stands in place of a page that is not kept, whole in one file, so that it needs nothing else. Without scripts: the
 * address stays what it was, and is loaded anew as the browser does it.
 * @param kept pages that are, in this language or else in English
 */
export function offlinePage(
	language: 'en' | 'de',
	kept: { readonly here: readonly KeptPage[]; readonly inEnglish: readonly KeptPage[] }
): string {
	const words = WORDS[language];
	const [says, pages] = kept.here.length > 0 ? [words.here, kept.here] : [words.other, kept.inEnglish];
	const items = pages.map(({ href, title }) => `<li><a href="${href}">${title}</a></li>`).join('\n');
	const list = pages.length > 0 ? `<p>${says}</p>\n<ul>\n${items}\n</ul>` : `<p>${words.none}</p>`;
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · Patchwork</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.why} ${words.again}</p>
${list}
</main>
</body>
</html>
`;
}
