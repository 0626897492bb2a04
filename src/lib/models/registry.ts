import { PatchworkError } from '../errors';
import type { ModelSource } from './source';

/** Everything the site says about a model before it has loaded it. The engine reads its sizes from the files instead. */
export interface ModelEntry {
	readonly id: string;
	readonly title: string;
	/** Repository of the Hugging Face hub that has its files; null for a model that only this site has. */
	readonly repo: string | null;
	/** One sentence: why to look at it. */
	readonly why: string;
	/** SPDX identifier of the weights' licence. */
	readonly licence: string;
	/** Size of the weights file, in bytes: what a download costs, to be shown before it starts. */
	readonly bytes: number;
	readonly parameters: number;
	readonly blocks: number;
	/** Heads in each block. */
	readonly heads: number;
	/** Tokens of a run: the CLS token and one for each patch. */
	readonly tokens: number;
	/** A model with a higher number is preferred where both are there. */
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

/** ImageNet-1k's names in the order of its classes, which every checkpoint fine-tuned on it shares. */
const IMAGENET_LABELS = 'labels/imagenet-1k.json';

export const MODELS = [
	{
		id: 'vit-tiny',
		title: 'ViT-Tiny/16',
		repo: 'timm/vit_tiny_patch16_224.augreg_in21k_ft_in1k',
		why: 'The real thing: pre-trained on the 14 million photos of ImageNet-21k, small enough to run here.',
		licence: 'Apache-2.0',
		bytes: 22_883_376,
		parameters: 5_717_416,
		blocks: 12,
		heads: 3,
		tokens: 197,
		quality: 2,
		bundled: false,
		caveat: null,
		firstLook: { block: 6, head: 1 },
		labels: IMAGENET_LABELS
	},
	{
		id: 'patchwork-s',
		title: 'Patchwork-S',
		repo: null,
		why: 'Comes with the page, so it works without a network, and half the blocks make it quick to read.',
		licence: 'Apache-2.0',
		bytes: 10_494_368,
		parameters: 5_243_624,
		blocks: 6,
		heads: 4,
		tokens: 197,
		quality: 1,
		bundled: true,
		caveat: 'a small model, trained for this page; ViT-Tiny knows better',
		firstLook: { block: 5, head: 1 },
		labels: null
	}
] as const satisfies readonly ModelEntry[];

/** The entry called `id`. @throws PatchworkError `request` if there is none. */
export function modelEntry(id: string): ModelEntry {
	const entry = MODELS.find((model) => model.id === id);
	if (entry) return entry;
	const names = MODELS.map((model) => model.id).join(' or ');
	throw new PatchworkError('request', `There is no model called "${id}": choose ${names}.`);
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
