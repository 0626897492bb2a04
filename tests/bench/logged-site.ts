import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isolate, siteHandler } from '../../scripts/lib/serve.js';
import type { Sent } from '../../scripts/lib/shipped.ts';

/** A built site under a local address, which remembers what it was asked for. */
export interface LoggedSite {
	/** Ends in a slash. */
	readonly url: string;
	/** What was sent since this was called the last time. */
	take(): Sent[];
	close(): void;
}

/** Files that hosts compress. */
const TEXT = /(\/|\.(html|css|js|json|svg|wasm))$/;

/** The same clock as `performance.timeOrigin` in a page on this machine. */
const now = () => performance.timeOrigin + performance.now();

/** @param build folder of a built site @param empty path of a page that has nothing on it */
export async function serveLogged(build: string, empty?: string): Promise<LoggedSite> {
	const handle = siteHandler(build);
	const compressed = compressing(build);
	let log: { path: string; began: number; ended: number | null; length: number }[] = [];
	const server = createServer((request, response) => {
		const [path = '/'] = (request.url ?? '/').split('?');
		const entry = { path, began: now(), ended: null as number | null, length: 0 };
		log.push(entry);
		response.on('finish', () => {
			entry.length = Number(response.getHeader('Content-Length') ?? 0);
			entry.ended = now();
		});
		if (path === empty) sendEmpty(response);
		else handle(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}/`,
		take() {
			const taken = log.map(({ length, ...entry }) => ({ ...entry, bytes: compressed(entry.path, length) }));
			log = [];
			return taken;
		},
		close() {
			server.closeAllConnections();
			server.close();
		}
	};
}

/** As isolated as the site's own pages, whose clocks are finer for that. */
function sendEmpty(response: ServerResponse): void {
	isolate(response);
	response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Empty</title>');
}

/** How many bytes a host would send of a file, each compressed once; of one that it sends as it is, its length. */
function compressing(build: string): (path: string, length: number) => number {
	const sizes = new Map<string, number>();
	return (path, length) => {
		const file = join(build, path.endsWith('/') ? `${path}index.html` : path);
		if (!TEXT.test(path) || length === 0 || !existsSync(file)) return length;
		const size = sizes.get(path) ?? gzipSync(readFileSync(file)).length;
		sizes.set(path, size);
		return size;
	};
}
