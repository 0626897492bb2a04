/** A folder of our own origin (or of any server), given by its URL with a trailing slash. */
export interface SiteFolder {
	readonly kind: 'site';
	readonly folder: string;
}

/** A repository of the Hugging Face hub, fetched once and kept in this browser. */
export interface HubRepo {
	readonly kind: 'hub';
	/** `owner/name`. */
	readonly repo: string;
	/** The hub's address, without a trailing slash. */
	readonly endpoint: string;
	/** A branch, a tag or a commit; the main branch without it. */
	readonly revision?: string;
}

/** Files that the reader dropped or picked. They are read where they lie, and are posted without being copied. */
export interface PickedFiles {
	readonly kind: 'files';
	readonly files: readonly File[];
	/** Under which key of the store to keep them for the next visit; not kept without one. */
	readonly keepAs?: string;
}

/** Files that were dropped earlier and kept under this key of the store. */
export interface KeptFiles {
	readonly kind: 'kept';
	readonly repo: string;
	/** When they must have been put there, as `Manifest` says it: no others of that name will do. Any will without it. */
	readonly kept?: number | undefined;
}

/** Where the files of a model are. Plain data, so that it can be posted to the worker. */
export interface ModelSource {
	/** The registry's id, e.g. `vit-tiny`; for other models the key in the store, which has a slash in it. */
	readonly id: string;
	readonly from: SiteFolder | HubRepo | PickedFiles | KeptFiles;
	/** URL of a JSON list of class names, for a checkpoint that brings none of its own. */
	readonly labels?: string;
	/** URL of ImageNet's names, for a checkpoint of timm's that names none of its thousand classes. */
	readonly assumed?: string;
	/** Whether the files may lie in memory alone, not even for this visit on the disk: for a guest in another's page. */
	readonly unkept?: boolean;
}
