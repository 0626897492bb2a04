import { FIGURES } from './figures.js';

/** What marks the English one of a module that is there in both languages. */
const MARK = '?in-english';

/** What the compiler of components asks for the style of one by. */
const STYLES = '?svelte&type=style';
/** The same, of the English one. */
const STYLE = /\?in-english&svelte&type=style/;

/** Figures that are in English in every language; in groups, the folder and the path below it. */
const FIGURE = /\/src\/lib\/figures\/([^/]+)\//;

/**
 * What figures share that makes sentences and writes numbers, and holds nothing: there may be two of each. Components that
 * hold a context, and modules that hold a state, may be there only once.
 */
const SHARED =
	/\/src\/lib\/(?:base\/(?:language|numbers)|marks\/(?!.*\.svelte\.ts$)[^?]*|figures\/kit\/(?!.*\.svelte\.ts$)[^?]*|(?:views|tools|models)\/(?:[^/?]+\/)?words)(?:\.ts|\.svelte)$/;

/** Whether a module speaks English whatever the build does. @param {string} id */
export function isInEnglish(id) {
	const [, figure] = FIGURE.exec(id) ?? [];
	return id.includes(MARK) || (figure !== undefined && !FIGURES.includes(figure));
}

/** Whether there may be two of a module. @param {string} id */
export const isShared = (id) => SHARED.test(id.replaceAll('\\', '/'));

/**
 * In a build for another language, the figures that are still in English get what they share with others in English, too:
 * its words, and its numbers. Otherwise a sentence of theirs would have parts in both.
 * @returns {import('vite').Plugin}
 */
export function inEnglish() {
	return {
		name: 'patchwork-in-english',
		enforce: 'pre',
		async resolveId(source, importer, options) {
			if (!importer || !isInEnglish(importer.replaceAll('\\', '/'))) return null;
			if (source.includes(STYLES) && importer.endsWith(MARK))
				return source.replace(STYLES, `${MARK}&svelte&type=style`);
			const found = await this.resolve(source, importer.replace(MARK, ''), { ...options, skipSelf: true });
			return found && !found.external && isShared(found.id) ? { ...found, id: found.id + MARK } : found;
		},
		load: {
			order: 'pre',
			filter: { id: STYLE },
			// The compiler has left it with the component, and hands it out for the unmarked one only.
			handler(id) {
				const { css } = this.getModuleInfo(id.slice(0, id.indexOf(MARK)) + MARK)?.meta['svelte'] ?? {};
				return css && { code: css.code, moduleType: 'css' };
			}
		},
		transform: {
			order: 'pre',
			filter: { id: /\?in-english/ },
			handler: (code) => code.replaceAll('import.meta.env?.VITE_LANGUAGE', '"en"')
		}
	};
}
