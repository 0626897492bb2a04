/** A place of the lesson that the search can lead to. */
export interface SearchEntry {
	/** From the site's root, with a slash before it: `/learn/attention/#softmax`. No two have the same. */
	readonly path: string;
	readonly title: string;
	/** `Chapter 8, Attention`, or `Glossary`. */
	readonly where: string;
	/** All that stands there, without markup. */
	readonly text: string;
}
