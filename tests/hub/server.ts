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

/** What is special about a repository. */
export interface RepoTraits {
	/** Its files are listed to everybody and given only to people with an account. */
	readonly gated?: boolean;
	/** As its card names it, e.g. `apache-2.0`. */
	readonly licence?: string;
	/** Other revisions than the main branch that it has, with the same files. */
	readonly revisions?: readonly string[];
}

export interface HubOptions {
	readonly traits?: Readonly<Record<string, RepoTraits>>;
	/** Port of the hub; its content network gets the next one. 0, the default, for any two that are free. */
	readonly port?: number;
	/** Files that lie in the folders but are in no repository. */
	readonly hidden?: readonly string[];
}

interface Repos {
	readonly traits: Readonly<Record<string, RepoTraits>>;
	readonly folders: Readonly<Record<string, string>>;
	readonly hidden: readonly string[];
}

const PIECE = 64 * 1024;
/** Milliseconds between the last byte before a cut and the cut. */
const SETTLING = 500;
/** As on the hub: the large files, whose checksum its list gives. */
const LARGE = /\.safetensors$/;

const CORS = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
	'Access-Control-Allow-Headers': 'Range',
	'Access-Control-Expose-Headers':
		'ETag, Content-Range, Accept-Ranges, X-Linked-Size, X-Linked-ETag, X-Error-Code, X-Error-Message'
};

/**
 * Start a hub that serves folders as repositories. It speaks what the real one does: the tree API, `resolve` as a
 * redirect to another origin, ranges, ETags and CORS.
 * @param folders of each repository, by its name.
 */
export async function startHub(folders: Readonly<Record<string, string>>, options: HubOptions = {}): Promise<LocalHub> {
	const { port = 0, hidden = [], traits = {} } = options;
	const repos: Repos = { folders, hidden, traits };
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
	const [, asked, repo = '', revision] =
		/^\/(api\/models\/)?([^/]+\/[^/]+)(?:\/(?:tree|resolve)\/([^/]+).*)?$/.exec(url) ?? [];
	const folder = repos.folders[repo];
	const traits = repos.traits[repo] ?? {};
	// To strangers the hub does not tell a private repository from one that is not there.
	if (folder === undefined) return refuse(response, 401, 'RepoNotFound');
	if (
		revision !== undefined &&
		![undefined, 'main', ...(traits.revisions ?? [])].includes(decodeURIComponent(revision))
	)
		return refuse(response, 404, 'RevisionNotFound');
	if (asked === undefined) return resolveFile(traits, cdn + url, response);
	if (faults.page) response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Welcome.</p>');
	else {
		const answer = revision === undefined ? card(repo, traits) : tree(folder, repos.hidden);
		response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
	}
}

function resolveFile({ gated }: RepoTraits, location: string, response: ServerResponse): void {
	if (gated) refuse(response, 401, 'GatedRepo');
	else response.writeHead(302, { Location: location }).end();
}

function refuse(response: ServerResponse, status: number, code: string): void {
	response.writeHead(status, { 'X-Error-Code': code, 'X-Error-Message': 'No.' }).end();
}

/** What the hub says of a repository, as far as anybody here asks. */
function card(repo: string, { gated = false, licence }: RepoTraits) {
	return { id: repo, private: false, gated: gated ? 'auto' : false, tags: licence ? [`license:${licence}`] : [] };
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
	const [, repo = '', path = ''] = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(request.url ?? '') ?? [];
	const folder = repos.folders[repo];
	const there = folder !== undefined && readdirSync(folder).includes(path) && !repos.hidden.includes(path);
	if (!there) return void response.writeHead(404).end();
	const data = content(folder, path, faults);
	const etag = faults.etag ?? `"${digest('sha256', folder, path)}"`;
	response.setHeader('ETag', etag);
	const range = faults.noRange ? null : rangeOf(request, etag, data.length);
	if (range && range.start >= data.length) {
		return void response.writeHead(416, { 'Content-Range': `bytes */${data.length}` }).end();
	}
	const { start, end } = range ?? { start: 0, end: data.length };
	if (range) response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${data.length}`);
	if (!faults.noRange) response.setHeader('Accept-Ranges', 'bytes');
	const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
	response.writeHead(range ? 206 : 200, { 'Content-Type': type, 'Content-Length': end - start });
	await sendBody(data.subarray(start, end), faults, response);
}

function content(folder: string, path: string, faults: Faults): Buffer {
	const data = readFileSync(join(folder, path));
	const middle = data.length >> 1;
	if (faults.altered && LARGE.test(path)) data[middle] = (data[middle] ?? 0) ^ 0xff;
	return data.subarray(0, faults.truncated ?? data.length);
}

/** The part of the file that is asked for; null for all of it. */
function rangeOf(request: IncomingMessage, etag: string, length: number): { start: number; end: number } | null {
	const [, start, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
	const condition = headerOf(request, 'if-range');
	if (start === undefined || (condition !== null && condition !== etag)) return null;
	return { start: Number(start), end: last ? Math.min(Number(last) + 1, length) : length };
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
	// A browser throws away what it has not handed on yet when a connection ends: the reader gets time to take it.
	await sleep(SETTLING);
	// A reader who has left by himself was not cut off.
	if (response.destroyed) return;
	faults.cuts--;
	// The end of the connection, rather than its destruction: what was written arrives before it.
	response.socket?.end();
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
