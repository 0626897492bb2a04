import { PatchworkError } from '../base/errors';
import { mayReach } from '../base/reach';

/** The Hugging Face hub, as everybody knows it. */
export const DEFAULT_ENDPOINT = 'https://huggingface.co';

const KEY = 'patchwork.hub';

/** The part of `localStorage` that is needed here. */
export type SettingStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A hub's address in the form in which paths can be put after it: no trailing slash, no query.
 * @throws PatchworkError `request` if the text is not the address of a web server.
 */
export function normaliseEndpoint(text: string): string {
	const url = parse(text.trim());
	if (url === null || !['https:', 'http:'].includes(url.protocol)) {
		throw new PatchworkError('request', `"${text}" is not a web address: write it like ${DEFAULT_ENDPOINT}.`);
	}
	return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** Why the page may not ask a hub, as a sentence; null where it may. @param endpoint the address of a web server */
export function refusalOf(endpoint: string): string | null {
	if (mayReach(new URL(endpoint))) return null;
	const { host } = new URL(endpoint);
	return (
		`Models come to this page over https: alone, or from this very machine, and so not from ${host}: ` +
		`write its address like ${DEFAULT_ENDPOINT}.`
	);
}

/** The same of one that the page itself asks, which it may not do everywhere. @throws PatchworkError `request` */
function endpointOfPage(text: string): string {
	const endpoint = normaliseEndpoint(text);
	const refusal = refusalOf(endpoint);
	if (refusal !== null) throw new PatchworkError('request', refusal);
	return endpoint;
}

function parse(text: string): URL | null {
	return URL.canParse(text) ? new URL(text) : null;
}

/**
 * The hub that the reader chose, or the default; a setting that cannot be read counts as none. One that the page may not
 * ask, as an earlier version did, stays their choice (see {@link refusalOf}): nobody else is asked in its place.
 */
export function readEndpoint(storage: () => SettingStorage = () => localStorage): string {
	try {
		return normaliseEndpoint(storage().getItem(KEY) ?? DEFAULT_ENDPOINT);
	} catch {
		return DEFAULT_ENDPOINT;
	}
}

/**
 * Keep the reader's choice of a hub; an empty text or the default forgets it. Returns the address as it is used.
 * @throws PatchworkError `request` for a text that is no address, or one that the page may not ask, `storage` if the browser keeps nothing.
 */
export function writeEndpoint(text: string, storage: () => SettingStorage = () => localStorage): string {
	const endpoint = text.trim() === '' ? DEFAULT_ENDPOINT : endpointOfPage(text);
	try {
		if (endpoint === DEFAULT_ENDPOINT) storage().removeItem(KEY);
		else storage().setItem(KEY, endpoint);
	} catch (cause) {
		const sentence =
			'This browser keeps no settings for this page, so the hub goes back to the usual one on the next visit.';
		throw new PatchworkError('storage', sentence, { cause });
	}
	return endpoint;
}
