import { cancelled } from '../base/errors';
import { assumedLabels } from './contents';
import type { FetchModelOptions, ModelFiles } from './model-files';
import { fromFiles, fromKept } from './from-files';
import { fromHub } from './from-hub';
import { fromSite } from './from-site';
import type { ModelSource } from './source';
import { ModelStore } from './store';

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
