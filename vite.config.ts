import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { wuchale } from 'wuchale/vite';
import { chunks } from './scripts/lib/chunks.js';
import { inEnglish } from './scripts/lib/words/in-english.js';
import { withoutTfjsStores, withoutTfjsThreads } from './scripts/lib/tfjs-threads.ts';

/**
 * Threads in WebAssembly need SharedArrayBuffer, which browsers give only to cross-origin isolated pages.
 * The page makes no cross-origin request but those it asks for with CORS, so `require-corp` costs nothing.
 */
const isolation = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp'
};

/** Puts another language's words in the place of the source's; the source's own build has no use for it. */
const words = (process.env['VITE_LANGUAGE'] ?? 'en') === 'en' ? null : wuchale();
/**
 * The same for the code of workers, without what it does at a bundle's beginning: wuchale 0.23.4 writes its files anew there,
 * and Vite bundles workers while others read them.
 */
const wordsOfWorkers = words && { name: words.name, transform: words.transform };

const quiet = { checks: { pluginTimings: false } };

export default defineConfig({
	plugins: [words && inEnglish(), words, sveltekit()],
	resolve: {
		alias: [
			// tfjs-core without its chained API and gradients: we call every op as a function, and never train.
			{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' }
		]
	},
	worker: {
		format: 'es',
		plugins: () => [wordsOfWorkers, withoutTfjsThreads(), withoutTfjsStores()],
		// All that a worker needs at once in one file, with what its later parts share with that.
		rolldownOptions: { ...quiet, output: { codeSplitting: { groups: [{ name: 'at-once', tags: ['$initial'] }] } } }
	},
	server: { headers: isolation },
	build: { target: 'es2022', rolldownOptions: quiet },
	environments: { client: { build: { rolldownOptions: { output: { codeSplitting: chunks() } } } } }
});
