import { PatchworkError } from '../base/errors';
import { attend } from '../base/lifeline';
import { decodePhoto } from './decode';
import type { PhotoAnswer, PhotoRequest } from './photo.worker';

/** Files of more bytes are decoded in a worker: undoing their premultiplied alpha would hold up the page. */
const QUICK = 700_000;

/** `decodePhoto`, which see, without holding up the page when the photo is large. */
export async function decodeCalmly(blob: Blob, options: { signal?: AbortSignal } = {}): Promise<ImageBitmap> {
	if (blob.size <= QUICK || typeof Worker === 'undefined') return decodePhoto(blob, options);
	return onPhotoThread({ kind: 'decode', blob }, options);
}

/**
 * One piece of work with a photo in a worker of its own, which ends with it. The bitmap is the caller's to close.
 * @throws PatchworkError `photo` for what is wrong with the file, `cancelled` when the signal was aborted.
 */
export async function onPhotoThread(
	request: PhotoRequest,
	{ signal }: { signal?: AbortSignal } = {}
): Promise<ImageBitmap> {
	const cancelled = () => new PatchworkError('cancelled', 'Cancelled.');
	if (signal?.aborted) throw cancelled();
	const worker = new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module', name: 'patchwork-photo' });
	let end = () => worker.terminate();
	try {
		return await new Promise<ImageBitmap>((resolve, reject) => {
			signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
			const receive = (answer: PhotoAnswer) => {
				if (answer.kind === 'bitmap') resolve(answer.bitmap);
				else reject(new PatchworkError(answer.code, answer.message));
			};
			end = attend(worker, receive, () =>
				reject(new PatchworkError('photo', 'The photo is too large for the memory at hand; try a smaller one.'))
			);
			worker.postMessage(request);
		});
	} finally {
		end();
	}
}
