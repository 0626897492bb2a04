import type { Plugin } from 'vite';

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
