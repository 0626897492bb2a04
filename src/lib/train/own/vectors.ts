import { pictureVector, pictureVectorTap } from '../../analysis/picture-vector';
import type { Session } from '../../app/session.svelte';
import { decodeCalmly } from '../../photo/photo-thread';
import type { Shown } from '../../run/shown';
import type { OwnPhoto } from './classes';

/** What stands for each photo, by model and photo: another look at a photo costs nothing as long as the page lives. */
const cache = new Map<string, Float32Array>();

/** Tells models apart: two of the reader's own may be called the same. */
export function modelKey({ id, bytes, config }: Shown['model']): string {
	return JSON.stringify([id, bytes, config]);
}

/** What the model of a run makes of a photo: the vector that its head reads, or would. @param photo stays the caller's */
export async function vectorOf(
	session: Pick<Session, 'aside'>,
	{ model, result }: Pick<Shown, 'model' | 'result'>,
	photo: ImageBitmap,
	signal?: AbortSignal
): Promise<Float32Array> {
	const names = [pictureVectorTap(model.config)];
	const { taps } = await session.aside(result.run, { photo, edits: [], names, signal });
	const [end] = taps;
	if (!end) throw new Error('The engine answered without the tap that was asked for.');
	return pictureVector(end, model.config);
}

/** The vector of a photo of the reader's: from the cache, or by running the model on it. */
export async function vectorOfPhoto(
	session: Pick<Session, 'aside'>,
	shown: Pick<Shown, 'model' | 'result'>,
	{ id, blob }: Pick<OwnPhoto, 'id' | 'blob'>,
	signal: AbortSignal,
	decode: typeof decodeCalmly = decodeCalmly
): Promise<Float32Array> {
	const key = `${id} ${modelKey(shown.model)}`;
	const known = cache.get(key);
	if (known) return known;
	const bitmap = await decode(blob, { signal });
	try {
		const vector = await vectorOf(session, shown, bitmap, signal);
		cache.set(key, vector);
		return vector;
	} finally {
		bitmap.close();
	}
}
