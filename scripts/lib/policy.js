import { createHash } from 'node:crypto';

/**
 * Other sites than our own that a page may ask: a photo or a mirror of the hub may lie at any address that is encrypted,
 * and a mirror on the reader's own machine, which browsers trust without that. `src/lib/base/reach.ts` says the same to
 * whoever types an address.
 */
const ELSEWHERE = /** @type {const} */ (['https:', 'http://localhost:*', 'http://127.0.0.1:*']);

/**
 * What the pages may do (Content Security Policy Level 3): SvelteKit writes it into every page, with the hashes of its own
 * scripts. docs/security.md says why each line is as it is, and what such a line in a page cannot say.
 * @param {string} template the text of `app.html`
 * @returns {NonNullable<NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']>}
 */
export function policyOf(template) {
	return {
		'default-src': ['none'],
		'script-src': ['self', 'wasm-unsafe-eval', ...hashesOf(template)],
		// Where something is on a page is written into its `style` attribute; a sheet comes from a file of the site.
		'style-src': ['self', 'unsafe-inline'],
		'style-src-elem': ['self'],
		'style-src-attr': ['unsafe-inline'],
		'img-src': ['self', 'data:', 'blob:', 'https:'],
		// The smallest of them stand in the style sheet itself.
		'font-src': ['self', 'data:'],
		'connect-src': ['self', 'data:', 'blob:', ...ELSEWHERE],
		'worker-src': ['self'],
		'frame-src': ['self'],
		'object-src': ['none'],
		'base-uri': ['none'],
		// Every form is answered by the page itself; none is sent.
		'form-action': ['none']
	};
}

/**
 * As a policy names the scripts that stand in a page itself.
 * @param {string} html
 * @returns {`sha256-${string}`[]}
 */
export function hashesOf(html) {
	const hashOf = (/** @type {string} */ text) => createHash('sha256').update(text).digest('base64');
	return scriptsIn(html).map((text) => /** @type {const} */ (`sha256-${hashOf(text)}`));
}

/**
 * The texts of the scripts that stand in a page itself; what only holds data, such as JSON, is none.
 * @param {string} html
 * @returns {string[]}
 */
export function scriptsIn(html) {
	const found = [...html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gis)];
	return found.flatMap(([, attributes = '', text = '']) =>
		/\bsrc\s*=/i.test(attributes) || /\btype\s*=\s*["']?application\/(ld\+)?json/i.test(attributes) ? [] : [text]
	);
}
