/**
 * The script at the head of a page that runs a model at once: the engine's worker begins to load while the page is still
 * being read. The page's own scripts find it where `src/lib/worker/early.ts` looks. It has the same text in every page,
 * so that the policy can name it; the worker's address stands beside it.
 */
const STARTER = `
			// The engine's worker, for the page's scripts to take up.
			try {
				const { engine, site, sample, photo } = document.currentScript.dataset;
				// WebAssembly and the first model, unless the address asks for something else. The worker reads that in its own
				// name: a message would wait until this page is laid out.
				const search = new URLSearchParams(location.search);
				const begin = new URLSearchParams(search.has('backend') || search.has('threads') ? '' : 'start');
				if (begin.has('start') && !search.has('model')) begin.set('site', new URL(site, location).href);
				// The sample with which the visit begins is run, too, unless the reader comes with a photo or a size of their own.
				const remembers = () => {
					try {
						return localStorage.getItem('patchwork.remember-photo') === 'yes';
					} catch {
						return false;
					}
				};
				if (begin.has('site') && !search.has('address') && !search.has('size') && !remembers()) {
					begin.set('sample', search.get('sample') ?? sample);
					// Of that one it is known where it lies; of another the site's list says so.
					if (begin.get('sample') === sample) begin.set('photo', photo);
				}
				const worker = new Worker(engine, { type: 'module', name: 'patchwork-engine?' + begin });
				const early = { worker, failed: false, alive: null };
				early.worker.onerror = () => (early.failed = true);
				early.worker.onmessage = ({ data }) => data.kind === 'alive' && (early.alive = data);
				globalThis.patchworkEngine = early;
			} catch {}
		`;

/** @typedef {{ readonly id: string, readonly file: string }} FirstSample its file relative to the site's root */

/**
 * @param {string} engine address of the worker's script, as the page sees it
 * @param {string} site address of the site's root, with a trailing slash
 * @param {FirstSample} sample with which a visit begins
 */
export function starterTag(engine, site, { id, file }) {
	return `<script data-engine="${engine}" data-site="${site}" data-sample="${id}" data-photo="${file}">${STARTER}</script>`;
}
