import type { Scores } from '../engine/scores';

/** Blocks that follow each other and are of one kind. A ViT is one such stage; a Swin has several, each coarser. */
export interface Group {
	readonly blocks: number;
	/** Heads in each of these blocks. */
	readonly heads: number;
	/** Tokens that these blocks read and write. */
	readonly tokens: number;
	/** Rows and columns of the patches among them, where the files say it; a square without it. */
	readonly grid?: readonly [rows: number, columns: number];
}

/** Everything that the site says about a model before it has loaded it. The engine reads its sizes from the files instead. */
export interface ModelEntry {
	readonly id: string;
	readonly title: string;
	/** What people call its kind: `ViT`, `DINOv2`; for a model of the reader's own, the architecture that its config names. */
	readonly family: string;
	/** Repository of the Hugging Face hub that has its files; null for a model that only this site has. */
	readonly repo: string | null;
	/** One sentence: why to look at it. */
	readonly why: string;
	/** SPDX identifier of the weights' licence, or its name where it has none; null where nobody says it. */
	readonly licence: string | null;
	/** Where a licence that is no common one can be read. */
	readonly terms?: string;
	/** Size of the weights file, in bytes: what a download costs, to be shown before it starts. */
	readonly bytes: number;
	readonly parameters: number;
	/** In the order of the model, at the {@link input} given here. */
	readonly groups: readonly Group[];
	/** Side of the square input that its config asks for, in pixels. */
	readonly input: number;
	/** Side of a patch, in pixels. */
	readonly patchSize: number;
	/** What stands before the patches, e.g. `CLS`; nothing in a Swin. */
	readonly prefix: readonly string[];
	/** Outputs of the head; 0 for a model without one. */
	readonly classes: number;
	/** What these are; without it, of a model of this site, shares of one whole where there is a head. */
	readonly scores?: Scores;
	/** Whether these very weights were run with this code and gave what they should. */
	readonly verified: boolean;
	/** Whether the reader brought it, from the hub or from their disk: its sizes are its files' own then. */
	readonly own?: boolean;
	/** Whether its head was trained on this device. */
	readonly trained?: boolean;
	/** A model with a higher number is preferred where both are there; one with 0 is used only when it is chosen. */
	readonly quality: number;
	/** Whether every copy of the site has its files. */
	readonly bundled: boolean;
	/** What to say beside its predictions; null for nothing. */
	readonly caveat: string | null;
	/**
	 * The head that is shown before the reader chooses one, counted from 0: one whose CLS token attends
	 * to the middle of our sample photos, where their subjects are, rather than to their corners. Null for the mean over the last block's heads.
	 */
	readonly firstLook: { readonly block: number; readonly head: number } | null;
	/** Class names, relative to the site, for files that bring none; null if there are no such names. */
	readonly labels: string | null;
}
