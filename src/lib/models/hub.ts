import { isRecord, isSize } from '../json';
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
	readonly signal?: AbortSignal;
	readonly fetch?: typeof globalThis.fetch;
}

/**
 * The files at the root of a repository's main branch: `GET {endpoint}/api/models/{repo}/tree/main`, the hub's public
 * API (https://huggingface.co/docs/hub/api).
 * @throws TransferError for every way in which the hub does not give the list; PatchworkError `cancelled`.
 */
export async function listRepo(endpoint: string, repo: string, options: HubOptions = {}): Promise<HubFile[]> {
	const url = `${endpoint}/api/models/${repo}/tree/main`;
	const subject = { name: repo, url };
	const { signal, fetch = globalThis.fetch } = options;
	let response: Response;
	try {
		response = await fetch(url, { signal });
	} catch (error) {
		throw requestFailure(subject, signal, error);
	}
	if (!response.ok) throw refusal(subject, response.status);
	const files = parseTree(await response.json().catch(() => null));
	if (files) return files;
	if (signal?.aborted) throw requestFailure(subject, signal, null);
	const sentence = `${new URL(url).host} answered with something other than a list of files: check the hub's address.`;
	throw new TransferError('unexpected', sentence);
}

/** Where a file of the main branch is; the hub redirects from there to its content network. */
export function fileUrl(endpoint: string, repo: string, path: string): string {
	return `${endpoint}/${repo}/resolve/main/${path.split('/').map(encodeURIComponent).join('/')}`;
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
