/** Where the files of a model are. Plain data, so that it can be posted to the worker. */
export interface ModelSource {
	/** The registry's id, e.g. `vit-tiny`. */
	readonly id: string;
	/**
	 * `site`: a folder of our own origin (or of any server), given by its URL with a trailing slash.
	 * `hub`: a repository of the Hugging Face hub, fetched once and kept in this browser.
	 */
	readonly from:
		| { readonly kind: 'site'; readonly folder: string }
		| { readonly kind: 'hub'; readonly repo: string; readonly endpoint: string };
	/** URL of a JSON list of class names, for a checkpoint that brings none of its own. */
	readonly labels?: string;
}
