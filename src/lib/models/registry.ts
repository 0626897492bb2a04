import { PatchworkError } from '../base/errors';
import { MODELS } from './chosen';
import type { ModelEntry } from './entry';
import { currentName } from '../base/renames';
import type { ModelSource } from './source';

export { IMAGENET_LABELS, MODELS } from './chosen';
export type { ModelEntry } from './entry';

/** The entry called `id`, or once called so. @throws PatchworkError `request` if there is none. */
export function modelEntry(id: string): ModelEntry {
	const entry = MODELS.find((model) => model.id === currentName('model', id));
	if (entry) return entry;
	const names = MODELS.map((model) => model.id).join(', ');
	throw new PatchworkError('request', `There is no model called "${id}": choose one of ${names}.`);
}

/** Blocks of all groups. */
export function blockCount({ groups }: Pick<ModelEntry, 'groups'>): number {
	return groups.reduce((sum, { blocks }) => sum + blocks, 0);
}

/** The best model among the ids that are there; the bundled one if none of them is known. */
export function defaultModel(available: Iterable<string>): ModelEntry {
	const there = new Set(available);
	const ranked: ModelEntry[] = MODELS.filter((model) => model.bundled || there.has(model.id));
	return ranked.reduce((best, model) => (model.quality > best.quality ? model : best));
}

/** What decides where a model's files come from. */
export interface Surroundings {
	/** URL of the site's root, with a trailing slash. */
	readonly site: string;
	/** Ids of the models that the site serves itself. */
	readonly available: Iterable<string>;
	/** The hub's address, without a trailing slash. */
	readonly endpoint: string;
}

/** Where to take a model's files: the site's own folder if it has one, else the hub. @throws PatchworkError `request`. */
export function sourceOf(entry: ModelEntry, { site, available, endpoint }: Surroundings): ModelSource {
	const labels = entry.labels === null ? undefined : new URL(entry.labels, site).href;
	if (entry.bundled || new Set(available).has(entry.id)) {
		return { id: entry.id, from: { kind: 'site', folder: new URL(`models/${entry.id}/`, site).href }, labels };
	}
	if (entry.repo === null) {
		throw new PatchworkError(
			'request',
			`This site does not have ${entry.title}, and no hub does: choose another model.`
		);
	}
	return { id: entry.id, from: { kind: 'hub', repo: entry.repo, endpoint }, labels };
}
