import { PatchworkError } from '../base/errors';
import { photoFromUrl, type FetchOptions } from './from-url';

/** What a drop or a paste holds: a file of this device, or the address of a picture on another page. */
export type Picked = { readonly kind: 'file'; readonly file: File } | { readonly kind: 'url'; readonly url: string };

/** The parts of a DataTransfer that are read here. */
export type Transfer = Pick<DataTransfer, 'files' | 'getData'>;

/** A picture if there is one among several files, else the first, so that its refusal can say what it is. */
function pickFile({ files }: Transfer): File | undefined {
	return Array.from(files).find((file) => file.type.startsWith('image/')) ?? files[0];
}

/** The first address of a `text/uri-list` (RFC 2483), whose comment lines start with a number sign. */
function pickUri(transfer: Transfer): string | undefined {
	const lines = transfer.getData('text/uri-list').split(/\r?\n/);
	return lines.find((line) => line.trim() !== '' && !line.startsWith('#'))?.trim();
}

/**
 * The source of the first picture in dragged or copied HTML. Browsers serialise that HTML themselves, so attributes
 * are always double-quoted and only ampersands need decoding.
 */
function pickHtmlImage(transfer: Transfer): string | undefined {
	const source = /<img\b[^>]*?\ssrc="([^"]+)"/i.exec(transfer.getData('text/html'))?.[1];
	return source?.replaceAll('&amp;', '&');
}

/** A copied address pasted as text. */
function pickText(transfer: Transfer): string | undefined {
	const text = transfer.getData('text/plain').trim();
	return /^(https?:\/\/|data:image\/)\S+$/i.test(text) ? text : undefined;
}

/**
 * Picks the photo out of a drop or a paste: files first; then the picture in the HTML, which is nearer to what was
 * dragged than the link around it; then an address. A DataTransfer can be read only while its event is handled, so
 * call this before anything is awaited.
 *
 * Throws a {@link PatchworkError} of code `photo` when there is none.
 */
export function pickFromTransfer(transfer: Transfer): Picked {
	const file = pickFile(transfer);
	if (file) return { kind: 'file', file };
	const url = pickHtmlImage(transfer) ?? pickUri(transfer) ?? pickText(transfer);
	if (url) return { kind: 'url', url };
	throw new PatchworkError(
		'photo',
		'There is no picture in what was dropped or pasted; try a picture file or its web address.'
	);
}

/** The photo of a drop or a paste; an address is fetched. Throws what the picking and {@link photoFromUrl} throw. */
export async function photoFromTransfer(transfer: Transfer, options: FetchOptions = {}): Promise<Blob> {
	const picked = pickFromTransfer(transfer);
	return picked.kind === 'file' ? picked.file : photoFromUrl(picked.url, options);
}
