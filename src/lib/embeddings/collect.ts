import { pictureVector } from '../analysis/picture-vector';
import type { TapData } from '../engine/tap';
import { decodePhoto } from '../photo/decode';
import type { Sample } from '../photo/manifest';
import type { LoadedModel } from '../models/loaded-model';
import { fetchSamples, takeSample } from '../photo/samples';
import { siteRoot } from '../base/site';
import type { Embedded } from './neighbours';
import { tapsOf } from './vectors';

/** A model that can be run on another photo than the one that is shown; a run of a lesson is one. */
export interface Looker {
	readonly model: Pick<LoadedModel, 'id' | 'bytes' | 'config'>;
	look(photo: ImageBitmap, names: readonly string[], signal?: AbortSignal): Promise<{ taps: readonly TapData[] }>;
}

/** What has been computed, by model and photo: another look at a photo costs nothing. */
const cache = new Map<string, Embedded>();
let listed: Promise<Sample[]> | null = null;

/** The list of samples, fetched once; a failure is forgotten, so that it can be tried again. */
export function listSamples(): Promise<Sample[]> {
	listed ??= fetchSamples(siteRoot()).catch((error: unknown) => {
		listed = null;
		throw error;
	});
	return listed;
}

/**
 * Runs the model on a photo and keeps what stands for it.
 * @param photo stays the caller's
 */
export async function embed(
	run: Looker,
	photo: ImageBitmap,
	{ id, title }: Pick<Embedded, 'id' | 'title'>,
	signal?: AbortSignal
): Promise<Embedded> {
	const { taps } = await run.look(photo, tapsOf(run.model.config), signal);
	const [end, pixels] = taps;
	if (!end || !pixels) throw new Error('The engine answered without the taps that were asked for.');
	return { id, title, cls: pictureVector(end, run.model.config), pixels: pixels.data };
}

/** A sample, as the model of this run sees it: from the cache, or by running it. */
export async function embedSample(run: Looker, sample: Sample, signal: AbortSignal): Promise<Embedded> {
	// Two models of the reader's own may be called the same.
	const { id, bytes, config } = run.model;
	const key = JSON.stringify([id, bytes, config, sample.id]);
	const known = cache.get(key);
	if (known) return known;
	const { bitmap } = await takeSample(sample, siteRoot(), decodePhoto, signal);
	try {
		const made = await embed(run, bitmap, sample, signal);
		cache.set(key, made);
		return made;
	} finally {
		bitmap.close();
	}
}

/** All samples, one after another: the engine runs one photo at a time anyway. */
export async function allSamples(
	run: Looker,
	signal = new AbortController().signal,
	onembedded: (one: Embedded, total: number) => void = () => undefined
): Promise<Embedded[]> {
	const samples = await listSamples();
	const all: Embedded[] = [];
	for (const sample of samples) {
		signal.throwIfAborted();
		const one = await embedSample(run, sample, signal);
		all.push(one);
		onembedded(one, samples.length);
	}
	return all;
}
