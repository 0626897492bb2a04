import type { PatchworkError } from '../base/errors';
import type { Progress } from '../base/progress';
import type { Contents } from './contents';
import type { DownloadOptions } from './download';
import type { WeightsTable } from './look';
import type { Scratch } from './scratch';
import type { SiteIndex } from './site';
import type { ModelStore } from './store';
import type { Weights } from './weights';

/** A checkpoint's files, parsed but not yet believed: the engine checks that config and weights belong together. */
export interface ModelFiles extends Omit<Contents, 'index'> {
	readonly weights: Weights;
	/** Whether `labels` are ImageNet's, which the checkpoint itself does not say. */
	readonly namesAssumed?: boolean;
	/** Why this browser did not keep a model, to be told to the reader; null if there is nothing to tell. */
	readonly notKept: PatchworkError | null;
	/** See `LoadedModel`. */
	readonly kept?: number;
	/**
	 * Comes once the weights are known to be those that were announced, and rejects where they are not. Nothing may be made
	 * known of a model before, where they are given out earlier: see `FetchModelOptions.checksLater`.
	 */
	readonly checked?: Promise<void>;
}

export interface FetchModelOptions extends Pick<DownloadOptions, 'signal' | 'gate' | 'fetch' | 'pause'> {
	/** Progress of the weights; the other files are a few kilobytes. */
	readonly onProgress?: (progress: Progress) => void;
	/**
	 * Looks at what is known of a model before its weights are fetched, and throws where it cannot run. The engine's plan is
	 * such a look.
	 */
	readonly approve?: (contents: Contents, table: WeightsTable) => void;
	/**
	 * Told what a model of the site's will be while its weights still come, for what can be done before they have. What is
	 * wrong with it is told later.
	 */
	readonly foresee?: (contents: Contents, table: WeightsTable) => void;
	/** Gives the weights out while their checksum is still being computed; to wait for `ModelFiles.checked` is for who asks. */
	readonly checksLater?: boolean;
	/** What the site lists, where that was read just now. */
	readonly index?: SiteIndex | undefined;
	readonly store?: ModelStore;
	/** Where the weights of the site's own models lie for the length of a visit. */
	readonly scratch?: Scratch;
}
