import type { Domain } from '../marks/raster';
import type { Overlay } from '../run/url';

/** Something that may lie over the photo. What depends on the run and the query is asked for when it is drawn. */
export interface OverlayEntry {
	/** What it is called in a link. */
	readonly id: Overlay;
	/** What the large figure shows with it, in a few words. */
	title(): string;
	/** One a token of the view's grid, row by row; null where nothing is drawn over the photo. */
	values(): Float32Array | null;
	/** What the colours reach from and up to. */
	domain(values: Float32Array): Domain;
	/** What the scale is or, without values, why there are none; empty where neither needs a word. */
	sentence(): string;
	/** Whether little is transparent; values that do not start at 0 are drawn in full. */
	readonly alpha: 'ramp' | 'opaque';
	/** A token with its value. @param name of the token */
	say(token: number, name: string): string;
}

/** What shows a picture alone. */
const bare = (id: Overlay, title: string): OverlayEntry => ({
	id,
	title: () => title,
	values: () => null,
	domain: () => [0, 1],
	sentence: () => '',
	alpha: 'ramp',
	say: (_, name) => name
});

export const PHOTO = bare('photo', 'The photo, as far as the model sees it');
export const PATCHES = bare('patches', 'The patches, cut from the pixels that the model saw');
