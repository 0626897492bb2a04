import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { withOfflineList } from './scripts/lib/offline-list.js';

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
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' }
	}
};

export default config;
