import type { Plugin } from 'vite';

/* Plugins for opposite ends: tests on GPUs run tfjs as published, threads and all (`tests/gpu/site.ts`); the site leaves parts out (`vite.config.ts`). */

/**
 * tfjs's threaded WebAssembly posts the source text of one of its functions to its workers. That function looks at an
 * outer variable, guarded by `typeof`; a minifier renames the variable and drops the guard, and the workers fail. A
 * property of the global object keeps its name, and may be missing there.
 */
export function tfjsThreads(): Plugin {
	return {
		name: 'patchwork:tfjs-threads',
		transform(code, id) {
			if (!id.includes('tfjs-backend-wasm-threaded-simd.js')) return null;
			return {
				code: code.replace(/var _scriptDir\b/, '_scriptDir').replaceAll('_scriptDir', 'globalThis.tfjsScriptDir'),
				map: null
			};
		}
	};
}

/**
 * Leaves tfjs's threaded WebAssembly out of a build: ours works on memory that it shares itself (see
 * `src/lib/engine/backends/shared-wasm.ts`), and what tfjs imports in any case would only lie in the page.
 */
export function withoutTfjsThreads(): Plugin {
	return {
		name: 'patchwork:without-tfjs-threads',
		transform(_, id) {
			if (!id.includes('tfjs-backend-wasm-threaded-simd')) return null;
			return { code: `export default null; export const wasmWorkerContents = '';`, map: null };
		}
	};
}

/** Where tfjs makes known which of the browser's stores it keeps models in: ours are kept elsewhere. */
const STORES = /try \{\s*ModelStoreManagerRegistry\.registerManager\([\s\S]*?\}\s*catch \(err\) \{\s*\}/g;

/**
 * Leaves tfjs's stores of models out of a build. They bring thirty kilobytes, and throw in every worker that has no
 * `localStorage`: where the browser's tools are open, the whole script is then read once more to say where.
 */
export function withoutTfjsStores(): Plugin {
	return {
		name: 'patchwork:without-tfjs-stores',
		transform(code, id) {
			if (!id.endsWith('/platforms/platform_browser.js')) return null;
			return { code: code.replaceAll(STORES, ''), map: null };
		}
	};
}
