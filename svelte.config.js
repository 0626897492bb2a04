import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { withOfflineList } from './scripts/lib/offline-list.js';
import { withPageLinks } from './scripts/lib/page-links.js';
import { policyOf } from './scripts/lib/policy.js';
import { starterTag } from './scripts/lib/starter.js';

/** The language of this build: see docs/languages.md. The page's frame names it, and the code asks `base/language.ts`. */
const language = (process.env['VITE_LANGUAGE'] ??= 'en');
const isSource = language === 'en';
const folder = isSource ? 'build' : `build/${language}`;

/** The scripts that stand in pages themselves, but for SvelteKit's own. */
const inline =
	readFileSync(new URL('src/app.html', import.meta.url), 'utf8') + starterTag('', '', { id: '', file: '' });

/** What the build is called; the time at which it begins, where nothing is said. */
const version = process.env['SITE_VERSION'];

/** @param {string} path @returns {'' | `/${string}`} */
function baseOf(path) {
	const parts = path.split('/').filter(Boolean).join('/');
	return parts === '' ? '' : `/${parts}`;
}

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: withOfflineList(
			withPageLinks(adapter(isSource ? { fallback: '404.html' } : { pages: folder }), folder, isSource ? '' : '../'),
			folder
		),
		env: { publicPrefix: 'VITE_' },
		// The first model of a visit comes before the site is kept: see lib/state/offline.ts.
		serviceWorker: { register: false },
		csp: { mode: 'hash', directives: policyOf(inline) },
		// Relative paths let the same build be served from any folder of any host.
		// The page for addresses that lead nowhere can't be relative to them, and is told where the site lies: `/patchwork`.
		paths: { relative: true, base: baseOf(process.env['BASE_PATH'] ?? '') },
		// One name for the build and for whatever runs beside it and writes the same generated files: where the two had
		// one each, no page would start (see findings/svelte-kit-sync-beside-a-build-breaks-the-pages.sh).
		...(version && { version: { name: version } }),
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' }
	}
};

export default config;
