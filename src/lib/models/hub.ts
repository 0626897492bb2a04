import { cancelled } from '../base/errors';
import { isRecord, isSize } from '../base/json';
import { refusalOf } from './endpoint';
import { refusal, requestFailure, TransferError } from './transfer';

/** One file of a repository, as the hub lists it. */
export interface HubFile {
	/** Relative to the repository's root. */
	readonly path: string;
	readonly bytes: number;
	/** In hexadecimal; the hub knows it for its large files only. */
	readonly sha256: string | null;
}

export interface HubOptions {
	/** A branch, a tag or a commit; the main branch without it. */
	readonly revision?: string;
	readonly signal?: AbortSignal;
	readonly fetch?: typeof globalThis.fetch;
}

/**
 * The files at the root of a repository: `GET {endpoint}/api/models/{repo}/tree/{revision}`, the hub's public API
 * (https://huggingface.co/docs/hub/api).
 * @throws TransferError for every way in which the hub does not give the list; PatchworkError `cancelled`.
 */
export async function listRepo(endpoint: string, repo: string, options: HubOptions = {}): Promise<HubFile[]> {
	const { revision = 'main' } = options;
	const url = `${endpoint}/api/models/${repo}/tree/${encodeURIComponent(revision)}`;
	const files = parseTree(await askApi(url, repo, options));
	if (files) return files;
	if (options.signal?.aborted) throw cancelled();
	const sentence = `${new URL(url).host} answered with something other than a list of files: check the hub’s address.`;
	throw new TransferError('unexpected', sentence);
}

/**
 * The licence that a repository names, as the hub writes it (`apache-2.0`): `GET {endpoint}/api/models/{repo}`. Null
 * where it names none, and where the hub does not say.
 * @throws PatchworkError `cancelled`
 */
export async function licenceOf(endpoint: string, repo: string, options: HubOptions = {}): Promise<string | null> {
	try {
		const card = await askApi(`${endpoint}/api/models/${repo}`, repo, options);
		const tags = isRecord(card) && Array.isArray(card['tags']) ? card['tags'] : [];
		const tag: unknown = tags.find((text) => typeof text === 'string' && text.startsWith('license:'));
		return typeof tag === 'string' ? tag.slice('license:'.length) : null;
	} catch (error) {
		if (options.signal?.aborted) throw cancelled(error);
		return null;
	}
}

/** An answer of the hub's API; null where it is not JSON. */
async function askApi(url: string, repo: string, options: HubOptions): Promise<unknown> {
	const subject = { name: repo, url };
	const { signal, fetch = globalThis.fetch } = options;
	// A command line, which has no policy, may ask any.
	const refused = globalThis.location ? refusalOf(url) : null;
	if (refused !== null) throw new TransferError('offline', refused);
	let response: Response;
	try {
		response = await fetch(url, { signal });
	} catch (error) {
		throw requestFailure(subject, signal, error);
	}
	if (!response.ok) throw refusal(subject, response);
	return response.json().catch(() => null);
}

/** Where a file is; the hub redirects from there to its content network. */
export function fileUrl(endpoint: string, repo: string, path: string, revision = 'main'): string {
	const parts = path.split('/').map(encodeURIComponent).join('/');
	return `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${parts}`;
}

function parseTree(tree: unknown): HubFile[] | null {
	if (!Array.isArray(tree)) return null;
	const files: HubFile[] = [];
	for (const entry of tree) {
		if (!isRecord(entry) || typeof entry['path'] !== 'string') return null;
		if (entry['type'] !== 'file') continue;
		if (!isSize(entry['size'])) return null;
		const lfs = isRecord(entry['lfs']) ? entry['lfs'] : {};
		const { oid } = lfs;
		files.push({ path: entry['path'], bytes: entry['size'], sha256: typeof oid === 'string' ? oid : null });
	}
	return files;
}
