import { beginFiles, type BegunFiles } from './begun';
import { MODEL_FILES } from './files';
import { defaultModel, sourceOf } from './registry';
import { fetchSiteIndex, type SiteIndex } from './site';
import type { ModelSource } from './source';

/** Where a model is, and what the site lists; its files are on their way. */
export interface First extends BegunFiles {
	readonly source: ModelSource;
	readonly index: SiteIndex;
}

/**
 * The model with which a visit to a site begins, as far as the site knows: its best. Null where that is a large one: what
 * takes long is fetched where it is seen. A reader who keeps a better one has it from there; that is not looked up here, as
 * it takes as long as the page takes to ask. Its files are asked for here, so that they come while whoever reads them is
 * itself still being loaded.
 * @param site URL of the site's root, with a trailing slash
 * @throws TransferError, PatchworkError where the site's list of models cannot be had
 */
export async function firstModel(site: string, fetch = globalThis.fetch): Promise<First | null> {
	const index = await fetchSiteIndex(site, { fetch });
	const available = Object.keys(index);
	const best = defaultModel(available);
	if (!best.bundled) return null;
	const folder = new URL(`models/${best.id}/`, site);
	const files = (index[best.id] ?? []).filter(({ path }) => MODEL_FILES.includes(path));
	const begun = beginFiles(
		files.map(({ path }) => new URL(path, folder).href),
		fetch
	);
	return { source: sourceOf(best, { site, available, endpoint: '' }), index, ...begun };
}
