import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another site, with pictures that a page may read or may not. */
export interface PictureServer {
	/** Without a trailing slash. */
	readonly address: string;
	/** Paths that were asked for, in order. */
	readonly seen: readonly string[];
	close(): void;
}

/**
 * `/open/...` gives the picture to pages of `reader`, an origin, `/closed/...` gives it without CORS headers, `/page` is a web page,
 * `/never` takes the request and does not answer, and everything else is a 404.
 */
export async function startPictureServer(picture: Buffer, reader: string): Promise<PictureServer> {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		const path = request.url ?? '/';
		seen.push(path);
		if (!path.startsWith('/closed/')) response.setHeader('Access-Control-Allow-Origin', reader);
		if (path.startsWith('/never')) return;
		if (path.startsWith('/open/') || path.startsWith('/closed/'))
			response.setHeader('Content-Type', 'image/png').end(picture);
		else if (path === '/page') response.setHeader('Content-Type', 'text/html').end('<!doctype html><p>A page.</p>');
		else response.writeHead(404).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}
