import { decodeBytes } from './decode';
import type { Sample } from './manifest';
import { fetchSample, fetchSamples } from './samples';

/** A sample of the site's, decoded. The bitmap is the caller's to close. */
export interface FirstPhoto {
	readonly sample: string;
	readonly bitmap: ImageBitmap;
}

/**
 * The sample with which a visit to the site begins.
 * @param site URL of the site's root, with a trailing slash
 * @param id of the sample that is wished for; the site's first where it has no such
 * @param file where that lies, relative to the site's root; null where only the site's list knows
 * @throws PatchworkError where it cannot be had
 */
export async function firstPhoto(site: string, id: string, file: string | null): Promise<FirstPhoto | null> {
	const sample = file === null ? await listed(site, id) : { id, title: id, file };
	if (!sample) return null;
	// By way of a blob the worker would wait for the same bytes twice, while it has a model to load.
	const bytes = new Uint8Array(await fetchSample(sample, site, (response) => response.arrayBuffer()));
	return { sample: sample.id, bitmap: await decodeBytes(bytes) };
}

async function listed(site: string, id: string): Promise<Sample | null> {
	const samples = await fetchSamples(site);
	return samples.find((sample) => sample.id === id) ?? samples[0] ?? null;
}
