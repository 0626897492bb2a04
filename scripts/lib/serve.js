import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import sirv from 'sirv';

/** @typedef {import('node:http').RequestListener} RequestListener */

/**
 * Answers as web servers do that are told two things: to isolate the pages, so that WebAssembly may use threads,
 * and to keep the hashed files for ever.
 * @param {string} folder of a built site
 * @returns {RequestListener}
 */
export function siteHandler(folder) {
	const serveFile = folderHandler(folder);
	return (request, response) => {
		const [path = '/', query] = (request.url ?? '/').split('?');
		if (!path.endsWith('/') && isPage(folder, path)) {
			// The pages' relative links count on the slash.
			response.writeHead(308, { Location: `${path}/${query === undefined ? '' : `?${query}`}` }).end();
			return;
		}
		serveFile(request, response, () => notFound(folder, response));
	};
}

/**
 * Files with ranges, ETags and (where the build has made them) compressed forms.
 * @param {string} folder
 */
export function folderHandler(folder) {
	return sirv(folder, {
		etag: true,
		gzip: true,
		brotli: true,
		setHeaders(response, path) {
			isolate(response, path);
			const forever = /^\/(de\/)?_app\/immutable\//.test(path);
			response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
			if (path.endsWith('.safetensors')) response.setHeader('Content-Type', 'application/octet-stream');
		}
	});
}

/**
 * The page for frames may stand in isolated pages elsewhere. What it loads it asks for itself, from its own origin, so
 * that needs no more than other files do.
 * @param {import('node:http').ServerResponse} response
 * @param {string} [path] of the file that is sent, from the root of the site
 */
export function isolate(response, path = '') {
	response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
	response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
	const framed = /^\/(de\/)?embed\//.test(path);
	response.setHeader('Cross-Origin-Resource-Policy', framed ? 'cross-origin' : 'same-origin');
}

/**
 * Listen on a port, or on the next one that is free.
 * @param {RequestListener} handler
 * @param {{ port: number, host: string, tries?: number }} where
 * @returns {Promise<string>} the address
 */
export function listen(handler, { port, host, tries = 20 }) {
	const server = createServer(handler);
	return new Promise((resolve, reject) => {
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			const next = error.code === 'EADDRINUSE' && tries > 1;
			if (next) resolve(listen(handler, { port: port + 1, host, tries: tries - 1 }));
			else reject(error);
		});
		server.listen(port, host, () => {
			const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
			resolve(`http://${host.includes(':') ? `[${host}]` : host}:${taken}/`);
		});
	});
}

/**
 * @param {string} folder
 * @param {string} path
 */
function isPage(folder, path) {
	return !path.includes('..') && existsSync(`${folder}${path}/index.html`);
}

/**
 * @param {string} folder
 * @param {import('node:http').ServerResponse} response
 */
function notFound(folder, response) {
	isolate(response);
	response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(readFileSync(`${folder}/404.html`));
}
