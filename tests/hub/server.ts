import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { noFaults, type Faults } from './faults';

/** A request that the look-alike has seen. */
export interface Seen {
	readonly method: string;
	readonly path: string;
	readonly range: string | null;
	readonly ifRange: string | null;
}

/** A running look-alike of the Hugging Face hub: an API origin, and a second origin that its files are redirected to. */
export interface LocalHub {
	/** Address of the hub, without a trailing slash. */
	readonly endpoint: string;
	/** Address of its content network. */
	readonly cdn: string;
	/** Change its fields to make the hub misbehave from the next request on. */
	readonly faults: Faults;
	/** Every request so far, of both origins, in order. */
	readonly seen: readonly Seen[];
	close(): Promise<void>;
}

export interface HubOptions {
	/** Port of the hub; its content network gets the next one. 0, the default, for any two that are free. */
	readonly port?: number;
	/** Files that lie in the folders but are in no repository. */
	readonly hidden?: readonly string[];
}

interface Repos {
	readonly folders: Readonly<Record<string, string>>;
	readonly hidden: readonly string[];
}

const PIECE = 64 * 1024;
/** As on the hub: the large files, whose checksum its list gives. */
const LARGE = /\.safetensors$/;

const CORS = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
	'Access-Control-Allow-Headers': 'Range',
	'Access-Control-Expose-Headers': 'ETag, Content-Range, Accept-Ranges, X-Linked-Size, X-Linked-ETag'
};

/**
 * Start a hub that serves folders as repositories. It speaks what the real one does: the tree API, `resolve` as a
 * redirect to another origin, ranges, ETags and CORS.
 * @param folders of each repository, by its name.
 */
export async function startHub(folders: Readonly<Record<string, string>>, options: HubOptions = {}): Promise<LocalHub> {
	const { port = 0, hidden = [] } = options;
	const repos: Repos = { folders, hidden };
	const faults = noFaults();
	const seen: Seen[] = [];
	const note = (answer: RequestListener): RequestListener => {
		return (request, response) => {
			const { method = 'GET', url = '/', headers } = request;
			seen.push({ method, path: url, range: headers.range ?? null, ifRange: headerOf(request, 'if-range') });
			for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
			if (method === 'OPTIONS') response.writeHead(204).end();
			else if (faults.hang) return;
			else if (faults.status !== null) response.writeHead(faults.status).end();
			else answer(request, response);
		};
	};
	const cdn = await listen(
		note((request, response) => void sendFile(repos, faults, request, response)),
		port === 0 ? 0 : port + 1
	);
	const hub = await listen(
		note((request, response) => answerApi(repos, faults, addressOf(cdn), request, response)),
		port
	);
	return {
		endpoint: addressOf(hub),
		cdn: addressOf(cdn),
		faults,
		seen,
		close: async () => void (await Promise.all([hub, cdn].map(close)))
	};
}

function answerApi(
	repos: Repos,
	faults: Faults,
	cdn: string,
	request: IncomingMessage,
	response: ServerResponse
): void {
	const url = request.url ?? '/';
	const [, listed] = /^\/api\/models\/(.+)\/tree\/main$/.exec(url) ?? [];
	const folder = listed === undefined ? undefined : repos.folders[listed];
	if (folder !== undefined) {
		if (faults.page) response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Welcome.</p>');
		else
			response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(tree(folder, repos.hidden)));
	} else if (/^\/.+\/resolve\/main\/.+/.test(url)) {
		response.writeHead(302, { Location: cdn + url }).end();
	} else {
		response.writeHead(404).end();
	}
}

function tree(folder: string, hidden: readonly string[]) {
	const paths = readdirSync(folder).filter((path) => !hidden.includes(path));
	return paths.map((path) => {
		const { size } = statSync(join(folder, path));
		const oid = digest('sha1', folder, path);
		const lfs = { oid: digest('sha256', folder, path), size, pointerSize: 133 };
		return { type: 'file', oid, size, path, ...(LARGE.test(path) ? { lfs } : {}) };
	});
}

function digest(algorithm: string, folder: string, path: string): string {
	return createHash(algorithm)
		.update(readFileSync(join(folder, path)))
		.digest('hex');
}

async function sendFile(
	repos: Repos,
	faults: Faults,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	const [, repo = '', path = ''] = /^\/(.+)\/resolve\/main\/(.+)$/.exec(request.url ?? '') ?? [];
	const folder = repos.folders[repo];
	const there = folder !== undefined && readdirSync(folder).includes(path) && !repos.hidden.includes(path);
	if (!there) return void response.writeHead(404).end();
	const data = content(folder, path, faults);
	const etag = faults.etag ?? `"${digest('sha256', folder, path)}"`;
	response.setHeader('ETag', etag);
	const offset = faults.noRange ? 0 : offsetOf(request, etag);
	if (offset > 0 && offset >= data.length) {
		return void response.writeHead(416, { 'Content-Range': `bytes */${data.length}` }).end();
	}
	if (offset > 0) response.setHeader('Content-Range', `bytes ${offset}-${data.length - 1}/${data.length}`);
	if (!faults.noRange) response.setHeader('Accept-Ranges', 'bytes');
	const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
	response.writeHead(offset > 0 ? 206 : 200, { 'Content-Type': type, 'Content-Length': data.length - offset });
	await sendBody(data.subarray(offset), faults, response);
}

function content(folder: string, path: string, faults: Faults): Buffer {
	const data = readFileSync(join(folder, path));
	const middle = data.length >> 1;
	if (faults.altered) data[middle] = (data[middle] ?? 0) ^ 0xff;
	return data.subarray(0, faults.truncated ?? data.length);
}

function offsetOf(request: IncomingMessage, etag: string): number {
	const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
	const condition = headerOf(request, 'if-range');
	return start === undefined || (condition !== null && condition !== etag) ? 0 : Number(start);
}

async function sendBody(data: Buffer, faults: Faults, response: ServerResponse): Promise<void> {
	const cut = faults.cuts > 0 && faults.cutAfter !== null && faults.cutAfter < data.length ? faults.cutAfter : null;
	const body = data.subarray(0, cut ?? data.length);
	for (let at = 0; at < body.length && !response.destroyed; at += PIECE) {
		if (faults.slow > 0) await sleep(faults.slow);
		const flushed = response.write(body.subarray(at, at + PIECE));
		if (!flushed) await drained(response);
		if (faults.stall) return;
	}
	if (cut === null) return void response.end();
	faults.cuts--;
	// What was written must leave before the connection goes.
	await sleep(20);
	response.destroy();
}

/** Wait until what was written has left, or the reader has. */
function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		if (response.destroyed) resolve();
		const done = () => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.on('drain', done).on('close', done);
	});
}

function headerOf(request: IncomingMessage, name: string): string | null {
	const value = request.headers[name];
	return typeof value === 'string' ? value : null;
}

function listen(answer: RequestListener, port: number): Promise<Server> {
	const server = createServer(answer);
	return new Promise((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
	});
}

function addressOf(server: Server): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}
