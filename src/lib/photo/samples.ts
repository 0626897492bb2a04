import { toPatchworkError } from '../base/errors';
import { parseSamples, type Sample } from './manifest';
import type { Photo } from './photo';

/** @param site URL of the site's root, with a trailing slash. */
export async function fetchSamples(site: string, get: typeof fetch = fetch): Promise<Sample[]> {
	try {
		const response = await get(`${site}samples/samples.json`);
		if (!response.ok) throw new Error(`status ${response.status}`);
		return parseSamples(await response.json());
	} catch (error) {
		const sentence = 'The sample images could not be fetched; your own photo will do as well.';
		throw toPatchworkError(error, 'network', sentence);
	}
}

/** Fetches and decodes one sample. */
export async function takeSample(
	sample: Sample,
	site: string,
	decode: (blob: Blob, options: { signal: AbortSignal }) => Promise<ImageBitmap>,
	signal: AbortSignal
): Promise<Photo> {
	const blob = await fetchSample(sample, site, signal);
	const { id, title, alt } = sample;
	return { bitmap: await decode(blob, { signal }), title, alt, sample: id, blob };
}

async function fetchSample({ title, file }: Sample, site: string, signal: AbortSignal): Promise<Blob> {
	try {
		const response = await fetch(site + file, { signal });
		if (!response.ok) throw new Error(`status ${response.status}`);
		return await response.blob();
	} catch (error) {
		const sentence = `The sample image '${title}' could not be fetched; are you offline?`;
		throw toPatchworkError(error, 'network', sentence);
	}
}
