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
	const blob = await fetchSample(sample, site, (response) => response.blob(), signal);
	const { id, title, alt } = sample;
	return { bitmap: await decode(blob, { signal }), title, alt, sample: id, blob };
}

/** The file of one sample, as `read` has it. @param site URL of the site's root, with a trailing slash */
export async function fetchSample<T>(
	{ title, file }: Pick<Sample, 'title' | 'file'>,
	site: string,
	read: (response: Response) => Promise<T>,
	signal?: AbortSignal
): Promise<T> {
	try {
		const response = await fetch(site + file, signal && { signal });
		if (!response.ok) throw new Error(`status ${response.status}`);
		return await read(response);
	} catch (error) {
		const sentence = `The sample image '${title}' could not be fetched; are you offline?`;
		throw toPatchworkError(error, 'network', sentence);
	}
}
