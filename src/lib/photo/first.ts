import { decodePhoto } from './decode';
import { fetchSamples, takeSample } from './samples';

/** A sample of the site's, decoded. The bitmap is the caller's to close. */
export interface FirstPhoto {
	readonly sample: string;
	readonly bitmap: ImageBitmap;
}

/**
 * The sample with which a visit to the site begins.
 * @param site URL of the site's root, with a trailing slash
 * @param id of the sample that is wished for; the site's first where it has no such
 * @throws PatchworkError where it cannot be had
 */
export async function firstPhoto(site: string, id: string, get = fetch): Promise<FirstPhoto | null> {
	const samples = await fetchSamples(site, get);
	const sample = samples.find((candidate) => candidate.id === id) ?? samples[0];
	if (!sample) return null;
	const { signal } = new AbortController();
	const { bitmap } = await takeSample(sample, site, decodePhoto, signal);
	return { sample: sample.id, bitmap };
}
