import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { withOfflineList } from './scripts/lib/offline-list.js';

/** What the build is called; the time at which it begins, where nothing is said. */
const version = process.env['SITE_VERSION'];

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: withOfflineList(adapter({ fallback: '404.html' }), 'build'),
		// The first model of a visit comes before the site is kept: see lib/state/offline.ts.
		serviceWorker: { register: false },
		// Relative paths let the same build be served from any folder of any host.
		paths: { relative: true },
		// One name for the build and for whatever runs beside it and writes the same generated files: where the two had
		// one each, no page would start (see findings/svelte-kit-sync-beside-a-build-breaks-the-pages.sh).
		...(version && { version: { name: version } }),
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' }
	}
};

export default config;
