import { PatchworkError } from '../base/errors';
import type { Edit } from '../engine/edits/edit';
import { parseEdits } from '../engine/edits/parse';

/*
 * Edits stand in the part of an address after `#`, as the JSON that files have too. What stands there is sent to no
 * server, which may refuse an address that is long, and an order of patches is.
 */

const KEY = 'edits';

/** @returns what follows the `#`; empty where nothing is changed */
export function formatEdits(edits: readonly Edit[]): string {
	if (edits.length === 0) return '';
	// Colons and commas may stand there as they are (RFC 3986, 3.5), which makes it half as long.
	return `${KEY}=${encodeURIComponent(JSON.stringify(edits)).replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

/**
 * @param hash of an address, with its `#` or empty
 * @throws PatchworkError `request` for edits that are no list of edits
 */
export function readEdits(hash: string): Edit[] {
	const text = new RegExp(`^#${KEY}=(.*)$`).exec(hash)?.[1];
	if (text === undefined) return [];
	let json: unknown;
	try {
		json = JSON.parse(decodeURIComponent(text));
	} catch (cause) {
		const sentence = 'The link’s list of edits is cut off or damaged, so the photo is shown unchanged.';
		throw new PatchworkError('request', sentence, { cause });
	}
	return parseEdits(json);
}
