import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build, defaultClientConditions, type Plugin } from 'vite';
import { folderHandler, isolate } from '../../scripts/lib/serve.js';
import { tfjsThreads } from '../../scripts/lib/tfjs-threads.ts';

/** Folders of this machine under paths of one local address, cross-origin isolated as the site itself is. */
export interface LocalSite {
	/** Ends in a slash. */
	readonly url: string;
	close(): Promise<void>;
}

/** Builds a page that is not part of the site, with the changes to tfjs and its loading that the site's build makes. */
export async function buildPage(root: string, outDir: string, plugins: readonly Plugin[] = []): Promise<void> {
	await build({
		configFile: false,
		root,
		base: './',
		logLevel: 'error',
		plugins: [tfjsThreads(), ...plugins],
		resolve: {
			alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' }],
			// onnxruntime-web's WebAssembly comes from its own files, not from inside the bundle.
			conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions]
		},
		// What changes a page changes its workers, which are bundled by themselves.
		worker: { format: 'es', plugins: () => [tfjsThreads(), ...plugins] },
		build: { target: 'es2022', outDir, emptyOutDir: true, chunkSizeWarningLimit: 10_000 }
	});
}

/**
 * @param folders by the path they get, which begins and ends in `/`; longer paths are looked at first
 * @param port 0 for any that is free
 */
export async function serveFolders(folders: Readonly<Record<string, string>>, port = 0): Promise<LocalSite> {
	const handlers = Object.entries(folders)
		.sort(([a], [b]) => b.length - a.length)
		.map(([path, folder]) => ({ path, handle: folderHandler(folder) }));
	const server = createServer((request, response) => {
		const url = request.url ?? '/';
		const found = handlers.find(({ path }) => url.startsWith(path));
		isolate(response);
		const notFound = () => void response.writeHead(404).end();
		if (!found) return notFound();
		request.url = url.slice(found.path.length - 1);
		found.handle(request, response, notFound);
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const close = () => {
		server.closeAllConnections();
		return new Promise<void>((resolve) => server.close(() => resolve()));
	};
	return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close };
}
