import { MODELS } from './chosen';
import { defaultModel, sourceOf } from './registry';
import { fetchSiteIndex } from './site';
import type { ModelSource } from './source';
import { ModelStore } from './store';

/**
 * The source of the model with which a visit begins where its address names none: the best that needs no download. Null
 * where that is none of the site's own folders, or lies in a large one: what takes long is fetched where it is seen.
 * @param site URL of the site's root, with a trailing slash
 * @throws TransferError, PatchworkError where the site's list of models cannot be had
 */
export async function firstSource(site: string, store: Pick<ModelStore, 'list'> = new ModelStore()) {
	const [index, stored] = await Promise.all([fetchSiteIndex(site), store.list().catch(() => [])]);
	const kept = stored.filter(({ whole }) => whole).map(({ repo }) => repo);
	const available = Object.keys(index);
	const here = MODELS.filter(({ repo }) => repo !== null && kept.includes(repo)).map(({ id }) => id);
	const best = defaultModel([...available, ...here]);
	return best.bundled ? sourceOf(best, { site, available, endpoint: '' }) : null;
}
