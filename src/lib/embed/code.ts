import { formatPermalink, type Permalink } from '../run/url';

/** In pixels: room for a square photo, what it shows, and where it comes from. */
const SIZE = { width: 480, height: 660 };

/** Of what the page shows, that which a figure in another page can show as well. */
export interface Shareable {
	/** See `App.link`. */
	readonly link: Partial<Permalink>;
	/** Whether the model comes with the site, so that every reader has it. */
	readonly isOnSite: boolean;
}

/**
 * The address of the figure alone, for a frame in another page. The backend is every reader's own, and a photo that is in
 * nobody else's reach is left out.
 * @param root of the site, with a slash at the end
 */
export function embedAddress(link: Partial<Permalink>, root: string): string {
	return `${root}embed/?${formatPermalink({ ...link, backend: undefined, photo: undefined })}`;
}

/** The frame as it is pasted into a page. @param title what is in it, for those who can't see it */
export function embedCode(link: Partial<Permalink>, root: string, title: string): string {
	const address = escaped(embedAddress(link, root));
	return `<iframe src="${address}" title="${escaped(title)}" width="${SIZE.width}" height="${SIZE.height}" style="border: 0; max-width: 100%" loading="lazy"></iframe>`;
}

/** What readers of that page will not see as it is here; empty where they see all of it. */
export function embedRemarks({ link: { sample, address }, isOnSite }: Shareable): string {
	const photo =
		sample === undefined && address === undefined
			? 'Your photo is not in it, and stays with you: a sample takes its place.'
			: address === undefined
				? ''
				: 'The photo’s address is in it.';
	const model = isOnSite ? '' : 'The model is not on this site: the one that comes with it takes its place.';
	return [photo, model].filter(Boolean).join(' ');
}

/** For the value of an attribute between double quotes. */
function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
