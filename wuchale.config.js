// What the interface says, in other languages: `npm run words` finds every sentence of the source and lists those that
// a language lacks; a build for a language puts its words in their place (docs/languages.md). English is the source.
import { adapter as svelte } from '@wuchale/svelte';
import { defineConfig, pofile } from 'wuchale';
import { adapter as plain, Transformer } from 'wuchale/adapter-vanilla';
import { FIGURES } from './scripts/lib/words/figures.js';
import { isSaid } from './scripts/lib/words/said.js';
import { thorough } from './scripts/lib/words/thorough.js';

/** Not said to readers, or in English in every language: what the engine refuses, and the figures of later chapters. */
const NOT_SAID = [
	...[
		'**/*.test.ts',
		'**/*.d.ts',
		'**/*testing*',
		'**/testing/**',
		'**/*.specimen.*',
		'**/*.server.ts',
		'src/routes/gallery/**',
		'src/service-worker.ts',
		// In both languages at once, where no catalogue is at hand.
		'src/lib/base/offline-page.ts'
	],
	...['engine', 'worker', 'content'].map((room) => `src/lib/${room}/**`),
	// Python is in English everywhere.
	'src/lib/export/pytorch/!(PyTorch.svelte|says.ts)',
	...['photo/formats', 'photo/orientation', 'photo/upright', 'models/head-config'].map((file) => `src/lib/${file}.ts`)
];
const LATER_FIGURES = `src/lib/figures/!(${FIGURES.join('|')})/**`;

/** One language a build: nothing has to react, and what stands outside of functions is looked up as the rest is. */
const plainly = { wrapInit: (/** @type {string} */ words) => words, wrapUse: () => '_w_load_(_w_catalogs_)' };
const runtime = { initReactive: () => null, useReactive: false, plain: plainly, reactive: plainly };

const common = {
	sourceLocale: 'en',
	storage: pofile({ dir: 'content/interface' }),
	bundleLoad: true,
	granularLoad: true,
	heuristic: isSaid,
	runtime
};
const components = svelte({ ...common, files: [] });
const modules = plain({
	...common,
	files: { include: ['src/**/*.{svelte,ts}'], ignore: [...NOT_SAID, LATER_FIGURES] }
});

/** @param {Parameters<import('wuchale').Adapter['transform']>[0]} file */
const inModules = ({ content, filename, index, expr, matchUrl }) =>
	thorough(new Transformer(content, filename, index, isSaid, [], expr, runtime, matchUrl)).transform();

export default defineConfig({
	// The first is what a build speaks.
	locales: [...new Set([process.env['VITE_LANGUAGE'] ?? 'de', 'de', 'en'])],
	localesDir: '.cache/words',
	adapters: {
		// Of two adapters with one catalogue, the second writes over what the first has compiled for a file.
		interface: {
			...modules,
			transform: async (file) => (file.filename.endsWith('.svelte') ? components.transform(file) : inModules(file))
		}
	}
});
