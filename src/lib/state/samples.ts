import { PatchworkError, toPatchworkError } from '../errors';
import type { Photo } from './shown';

/** One entry of `samples/samples.json`; its paths are relative to the site's root. */
export interface Sample {
	readonly id: string;
	readonly title: string;
	/** What the picture shows. */
	readonly alt: string;
	readonly file: string;
	readonly thumb: string;
	readonly width: number;
	readonly height: number;
}

const TEXTS = ['id', 'title', 'alt', 'file', 'thumb'] as const;
const SIZES = ['width', 'height'] as const;

/** The entries of a manifest. @throws PatchworkError `photo` naming the entry that is not as it should be. */
export function parseSamples(manifest: unknown): Sample[] {
	const samples = typeof manifest === 'object' && manifest !== null && 'samples' in manifest ? manifest.samples : null;
	if (!Array.isArray(samples)) throw new PatchworkError('photo', 'The list of sample images is not a list.');
	return samples.map((entry: unknown, i) => {
		if (!isSample(entry))
			throw new PatchworkError('photo', `Entry ${i + 1} of the list of sample images is incomplete.`);
		return entry;
	});
}

function isSample(entry: unknown): entry is Sample {
	if (typeof entry !== 'object' || entry === null) return false;
	const fields = new Map(Object.entries(entry));
	return (
		TEXTS.every((key) => typeof fields.get(key) === 'string') &&
		SIZES.every((key) => typeof fields.get(key) === 'number')
	);
}

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
