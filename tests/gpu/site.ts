import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { build, type InlineConfig } from 'vite';

/** Serves folders under paths of one local address, cross-origin isolated as the site itself is. */
export interface LocalSite {
	readonly url: string;
	close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.wasm': 'application/wasm',
	'.json': 'application/json'
};

const HEADERS = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cache-Control': 'no-store'
};

/** Builds a page outside the site, with the same one change to tfjs that the site's own build makes. */
export async function buildPage(root: string, outDir: string, config: InlineConfig = {}): Promise<void> {
	await build({
		...config,
		configFile: false,
		root,
		logLevel: 'error',
		base: './',
		resolve: {
			...config.resolve,
			alias: [{ find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' }]
		},
		worker: { format: 'es' },
		build: { target: 'es2022', outDir, emptyOutDir: true, chunkSizeWarningLimit: 10_000 }
	});
}

/**
 * Serves folders.
 * @param folders by the path they get, each beginning and ending in `/`; `/` is looked at last
 * @param port 0 for any that is free
 */
export async function serve(folders: Readonly<Record<string, string>>, port = 0): Promise<LocalSite> {
	const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
	const server = createServer((request, response) => {
		const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
		const prefix = prefixes.find((candidate) => path.startsWith(candidate));
		const folder = prefix === undefined ? undefined : folders[prefix];
		if (prefix === undefined || folder === undefined) return answerNothing(response);
		void answer(folder, path.slice(prefix.length) || 'index.html', response);
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => close(server) };
}

async function answer(folder: string, path: string, response: ServerResponse): Promise<void> {
	const file = normalize(join(folder, path));
	const isInside = file.startsWith(normalize(folder) + sep);
	const found = isInside ? await stat(file).catch(() => null) : null;
	if (!found?.isFile()) return answerNothing(response);
	response.writeHead(200, {
		...HEADERS,
		'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
		'Content-Length': found.size
	});
	createReadStream(file).pipe(response);
}

function answerNothing(response: ServerResponse): void {
	response.writeHead(404, HEADERS).end();
}

function close(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}
