import { cancelled, type PatchworkError } from '../base/errors';
import type { Progress } from '../base/progress';
import type { DownloadOptions } from './download';
import { assumedLabels, type Contents } from './contents';
import { fromFiles, fromKept } from './from-files';
import { fromHub } from './from-hub';
import { fromSite } from './from-site';
import type { WeightsTable } from './look';
import type { Scratch } from './scratch';
import type { ModelSource } from './source';
import { ModelStore } from './store';
import type { Weights } from './weights';

/** A checkpoint's files, parsed but not yet believed: the engine checks that config and weights belong together. */
export interface ModelFiles extends Omit<Contents, 'index'> {
	readonly weights: Weights;
	/** Whether `labels` are ImageNet's, which the checkpoint itself does not say. */
	readonly namesAssumed?: boolean;
	/** Why this browser did not keep a model, to be told to the reader; null if there is nothing to tell. */
	readonly notKept: PatchworkError | null;
}

export interface FetchModelOptions extends Pick<DownloadOptions, 'signal' | 'gate' | 'fetch' | 'pause'> {
	/** Progress of the weights; the other files are a few kilobytes. */
	readonly onProgress?: (progress: Progress) => void;
	/**
	 * Looks at what is known of a model before its weights are fetched, and throws where it cannot run. The engine's plan is
	 * such a look.
	 */
	readonly approve?: (contents: Contents, table: WeightsTable) => void;
	readonly store?: ModelStore;
	/** Where the weights of the site's own models lie for the length of a visit. */
	readonly scratch?: Scratch;
}

/**
 * Bring a model's files: from a site's folder, from the hub by way of this browser's store, or from the reader's disk.
 * Each file's size and checksum are compared with what the site's or the hub's list says.
 * @throws TransferError, PatchworkError `config` (no JSON, or an architecture that does not run here) or `cancelled`.
 */
export async function fetchModel(source: ModelSource, options: FetchModelOptions = {}): Promise<ModelFiles> {
	const files = await withAssumedNames(await bring(source, options), source, options);
	if (options.signal?.aborted) throw cancelled();
	return files;
}

/** They are not kept with the model: it is for the reader to say whether they hold. */
async function withAssumedNames(
	files: ModelFiles,
	source: ModelSource,
	options: FetchModelOptions
): Promise<ModelFiles> {
	const labels = await assumedLabels(files, source, options);
	return labels === null ? files : { ...files, labels, namesAssumed: true };
}

function bring(source: ModelSource, options: FetchModelOptions): Promise<ModelFiles> {
	const { from } = source;
	const store = options.store ?? new ModelStore();
	switch (from.kind) {
		case 'site':
			return fromSite(source, from, options);
		case 'hub':
			return fromHub(source, from, store, options);
		case 'files':
			return fromFiles(source, from, store, options);
		case 'kept':
			return fromKept(from, store);
	}
}
