/** What a citation names. */
export interface Cited {
	readonly title: string;
	readonly version: string;
	/** Of that version. */
	readonly year: number;
	/** Where it was read; empty where nobody knows yet, as while the page is built. */
	readonly url: string;
	/** Its licence's SPDX identifier. */
	readonly licence: string;
}

/** Whoever wrote it is named nowhere in the project, so that the project stands in their place. */
const AUTHORS = 'The Patchwork contributors';

/**
 * An entry for BibTeX and BibLaTeX: `@misc`, because BibTeX's own styles know no `@software`. The outer braces keep a
 * group's name from being taken for a surname, and the title's capitals from being made small.
 */
export function bibtex({ title, version, year, url, licence }: Cited): string {
	const fields = {
		author: `{${AUTHORS}}`,
		title: `{${title}}`,
		year: String(year),
		note: `Version ${version}, ${licence}`,
		...(url && { howpublished: `\\url{${url}}` })
	};
	const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(12)} = {${value}}`);
	return `@misc{patchwork${year},\n${lines.join(',\n')}\n}`;
}

/** The same as a sentence. */
export function plainCitation({ title, version, year, url, licence }: Cited): string {
	return `${AUTHORS} (${year}). ${title} (version ${version}; ${licence}).${url && ` ${url}`}`;
}
