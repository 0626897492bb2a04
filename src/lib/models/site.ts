import { isRecord, isSize, parseJson } from '../base/json';
import { refusal, requestFailure, TransferError } from './transfer';

/** One file of a model's folder on a site. */
export interface SiteFile {
	/** Relative to the model's folder. */
	readonly path: string;
	readonly bytes: number;
	/** In hexadecimal. */
	readonly sha256: string;
}

/** What `/models.json` holds: the files of every model that the site serves itself, by the registry's id. */
export type SiteIndex = Readonly<Record<string, readonly SiteFile[]>>;

interface SiteOptions {
	readonly signal?: AbortSignal;
	readonly fetch?: typeof globalThis.fetch;
}

/**
 * Read a site's `models.json`. Ask at run time, not in a `load` function: its answer would be written into the
 * prerendered pages, and a folder that somebody adds to a finished site would not be seen.
 * @param site URL of the site's root, with a trailing slash.
 * @throws TransferError, PatchworkError `config` or `cancelled`.
 */
export async function fetchSiteIndex(site: string, options: SiteOptions = {}): Promise<SiteIndex> {
	const url = new URL('models.json', site).href;
	const name = 'the list of models';
	const index = parseJson(await fetchText({ name, url }, options), name);
	if (isSiteIndex(index)) return index;
	const sentence = `${new URL(url).host} answered with something other than its list of models: reload the page.`;
	throw new TransferError('unexpected', sentence);
}

/** A small text file. @throws TransferError, PatchworkError `cancelled`. */
export async function fetchText(subject: { name: string; url: string }, options: SiteOptions = {}): Promise<string> {
	const { signal, fetch = globalThis.fetch } = options;
	try {
		const response = await fetch(subject.url, { signal });
		if (response.ok) return await response.text();
		throw refusal(subject, response);
	} catch (error) {
		if (error instanceof TransferError) throw error;
		throw requestFailure(subject, signal, error);
	}
}

function isSiteIndex(value: unknown): value is SiteIndex {
	return isRecord(value) && Object.values(value).every((files) => Array.isArray(files) && files.every(isSiteFile));
}

function isSiteFile(value: unknown): value is SiteFile {
	if (!isRecord(value)) return false;
	const { path, bytes, sha256 } = value;
	return typeof path === 'string' && isSize(bytes) && typeof sha256 === 'string';
}
