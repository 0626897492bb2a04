import { createHighlighter, type Highlighter, type ShikiTransformer } from 'shiki';

/** The languages that prose may show code in, by the names that a fence gives them. */
export const LANGUAGES = ['python', 'ts', 'bash', 'json', 'text'] as const;
export type Language = (typeof LANGUAGES)[number];

const THEMES = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

/** The light theme's comments lack a little of the contrast of 4.5 to 1 on our darkest paper; this is its next grey. */
const DARKER = { [THEMES.light]: { '#66707b': '#4b535d' } };

export function isLanguage(name: string): name is Language {
	return (LANGUAGES as readonly string[]).includes(name);
}

let highlighter: Promise<Highlighter> | null = null;

/** Loads the grammars and colours, once. */
export function loadHighlighter(): Promise<Highlighter> {
	highlighter ??= createHighlighter({ themes: Object.values(THEMES), langs: [...LANGUAGES] });
	return highlighter;
}

export interface Code {
	readonly code: string;
	readonly language: Language;
	/** For each line the tap that it makes, or null. */
	readonly taps: readonly (string | null)[];
	/** What stands over the code, such as the file that it is from; null for nothing. */
	readonly caption: string | null;
}

/**
 * Code as HTML, coloured for both themes by `light-dark()`. Lines that make a tap are buttons with `data-tap`; one of
 * them is a tab stop, and `moveLine` of `code-lines.ts` takes the arrow keys from there.
 */
export function highlight({ codeToHtml }: Highlighter, { code, language, taps, caption }: Code): string {
	const html = codeToHtml(code, {
		lang: language,
		themes: THEMES,
		defaultColor: 'light-dark()',
		colorReplacements: DARKER,
		// Shiki (4) leaves the rest of a line plain after 500 ms, so that a busy machine would build other pages.
		tokenizeTimeLimit: 0,
		transformers: [ours(language, taps)]
	});
	if (caption === null) return `<div class="code">${html}</div>`;
	return `<figure class="code"><figcaption>${escapeHtml(caption)}</figcaption>${html}</figure>`;
}

function ours(language: Language, taps: readonly (string | null)[]): ShikiTransformer {
	const first = taps.findIndex((tap) => tap !== null);
	return {
		name: 'patchwork',
		// Shiki repeats each theme's colour in a variable of its own, which nothing here reads.
		span(node) {
			node.properties.style = String(node.properties.style ?? '').replace(/;--shiki-[^;]*/g, '');
		},
		pre(node) {
			const name = language === 'text' ? 'Text' : `Code, ${language === 'ts' ? 'TypeScript' : language}`;
			const label = first < 0 ? name : `${name}: the arrow keys go from line to line`;
			node.properties = { role: 'group', ariaLabel: label };
			// Code that may scroll sideways needs a tab stop; the lines are one where there are taps.
			if (first < 0) node.properties.tabindex = 0;
		},
		line(node, line) {
			const tap = taps[line - 1];
			if (tap) Object.assign(node.properties, { dataTap: tap, role: 'button', tabindex: line - 1 === first ? 0 : -1 });
		}
	};
}

export function escapeHtml(text: string): string {
	const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
