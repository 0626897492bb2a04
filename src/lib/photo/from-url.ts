import { PatchworkError } from '../base/errors';
import type { Progress } from '../base/progress';
import { isOwnMachine, mayReach } from '../base/reach';
import { MAX_BYTES } from './inspect';

export interface FetchOptions {
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: Progress) => void;
}

const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'data:', 'blob:']);

const SAVE_IT = 'save the picture and drop the file here';

function parse(address: string): URL {
	const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
	if (!url) {
		throw new PatchworkError('photo', 'This is not a complete web address; it should start with https://.');
	}
	if (!PROTOCOLS.has(url.protocol)) {
		const scheme = url.protocol.slice(0, -1);
		throw new PatchworkError(
			'photo',
			`A page cannot read an address that starts with ${scheme}:; ${SAVE_IT}, or give one with https://.`
		);
	}
	if (!mayReach(url)) {
		const sentence = `Pictures come to this page over https: alone; give the address with https://, or ${SAVE_IT}.`;
		throw new PatchworkError('photo', sentence);
	}
	return url;
}

/** In characters: what every server takes. */
export const LONGEST_ADDRESS = 2000;

/**
 * The address of a photo as a link can carry it to others; undefined of one that is too long for a link, or that means
 * something on this machine alone.
 */
export function sharedAddress(address: string): string | undefined {
	const text = address.trim();
	if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return isOwnMachine(url) || url.href.length > LONGEST_ADDRESS ? undefined : url.href;
}

/** What to call the place in a sentence: a data or blob address has no host. */
function placeOf(url: URL): string {
	return url.host || 'this address';
}

/** Browsers do not tell a page why a fetch failed, so the sentence names what it can be. */
function unreachable(url: URL, cause: unknown): PatchworkError {
	if (!url.host) {
		return new PatchworkError(
			'photo',
			`This ${url.protocol.slice(0, -1)} address holds no picture that can be read; ${SAVE_IT}.`,
			{
				cause
			}
		);
	}
	if (!navigator.onLine) {
		const sentence =
			'This device is offline, so the picture cannot be fetched; connect it, or drop a file from this device.';
		return new PatchworkError('network', sentence, { cause });
	}
	const sentence =
		`The picture could not be fetched: ${url.host} does not answer, ` +
		`or the site at ${url.host} does not let other pages read its pictures; ${SAVE_IT}.`;
	return new PatchworkError('network', sentence, { cause });
}

/** `bytes` is what the server announced; null when it just went on sending. */
function tooLarge(url: URL, bytes: number | null): PatchworkError {
	const limit = `${MAX_BYTES / 1e6} MB`;
	const length =
		bytes === null
			? `more than ${limit}, which is the limit`
			: `${Math.ceil(bytes / 1e6)} MB and the limit is ${limit}`;
	return new PatchworkError('photo', `The picture at ${placeOf(url)} has ${length}; choose a smaller one.`);
}

/** Refuses by what the server says of its answer. A missing or generic type passes: the bytes decide later. */
function checkHeaders(url: URL, response: Response): void {
	const place = placeOf(url);
	if (!response.ok) {
		const status = `${response.status} ${response.statusText}`.trim();
		throw new PatchworkError('network', `${place} answered with the error ${status}; check the address.`);
	}
	const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (type && !type.startsWith('image/') && !/octet-stream$/.test(type)) {
		const what = type === 'text/html' ? 'a web page' : `of the type ${type}`;
		throw new PatchworkError(
			'photo',
			`What is at this address is ${what}, not a picture; give the address of the picture itself.`
		);
	}
}

/** The announced length in bytes; null where the server does not say, or where compression makes it meaningless. */
function announcedLength(response: Response): number | null {
	const length = Number(response.headers.get('content-length') ?? NaN);
	return Number.isSafeInteger(length) && !response.headers.has('content-encoding') ? length : null;
}

/** The body as it arrives; a server that announced less than it sends is stopped at the limit. */
async function readBody(url: URL, response: Response, onProgress: FetchOptions['onProgress']): Promise<Blob> {
	const total = announcedLength(response);
	if (total !== null && total > MAX_BYTES) throw tooLarge(url, total);
	const parts: Uint8Array<ArrayBuffer>[] = [];
	let loaded = 0;
	const reader = response.body?.getReader();
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		parts.push(part.value);
		loaded += part.value.byteLength;
		if (loaded > MAX_BYTES) throw tooLarge(url, null);
		onProgress?.({ loaded, total });
	}
	return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

/**
 * The photo at an address (http, https, data or blob), as a file that is not yet decoded. Nothing about the reader is
 * sent along: no cookies, no referrer.
 *
 * Throws a {@link PatchworkError}: `photo` for an address or an answer that is no picture or too large, `network`
 * when the device is offline or the site fails or forbids it, `cancelled` when the signal was aborted.
 */
export async function photoFromUrl(address: string, { signal, onProgress }: FetchOptions = {}): Promise<Blob> {
	const url = parse(address);
	// A refusal half-way must stop the download too, which is why there is a second controller.
	const stop = new AbortController();
	const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
	try {
		const response = await fetch(url, { signal: either, credentials: 'omit', referrerPolicy: 'no-referrer' });
		checkHeaders(url, response);
		return await readBody(url, response, onProgress);
	} catch (error) {
		stop.abort();
		if (error instanceof PatchworkError) throw error;
		if (signal?.aborted) throw new PatchworkError('cancelled', 'Cancelled.', { cause: error });
		throw unreachable(url, error);
	}
}
