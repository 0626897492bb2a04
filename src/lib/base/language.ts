/** The languages that the site is built in; the first is the source's, whose pages lie at the site's root. */
export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * The language of this build. The others lie in folders of their own: see docs/languages.md. Commands in Node are in English:
 * only Vite gives modules an environment.
 */
export const LANGUAGE: Language = LANGUAGES.find((language) => language === import.meta.env?.VITE_LANGUAGE) ?? 'en';

/** The language that this build is not in, and what those who read it call it. */
export const OTHER: { readonly language: Language; readonly name: string } =
	LANGUAGE === 'en' ? { language: 'de', name: 'Deutsch' } : { language: 'en', name: 'English' };

/** The language that what stands in an element is in; this build's where nothing says it. */
export function languageAt(element: Element): Language {
	const said = element.closest<HTMLElement>('[lang]')?.lang;
	return LANGUAGES.find((language) => language === said) ?? LANGUAGE;
}

/** A name as it stands within a sentence: English has it with a small letter there, German has its nouns with a capital. */
export function inSentence(name: string): string {
	return LANGUAGE === 'en' ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
