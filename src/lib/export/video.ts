import { PatchworkError } from '../base/errors';

/** What browsers record, the one that plays in most places first. */
const KINDS = [
	{ type: 'video/mp4;codecs=avc1.42E01E', ending: 'mp4' },
	{ type: 'video/webm;codecs=vp9', ending: 'webm' },
	{ type: 'video/webm', ending: 'webm' }
] as const;

/** The kind of video that this browser records from a canvas; null where it records none. */
export function videoKind(): (typeof KINDS)[number] | null {
	if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)) return null;
	return KINDS.find(({ type }) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** Pixels of a video's longer side at most: larger ones are refused by some encoders. */
const LARGEST = 1280;
/** How long each picture stands, in milliseconds. */
const STAY = 800;

/**
 * A video of pictures that stand for a while each, recorded as it plays: it takes as long to make as to watch.
 * @param pictures made one after the other; the first one's shape is the video's @param signal ends it
 * @throws PatchworkError `request` where the browser records none, `cancelled` when it is ended
 */
export async function videoOf(
	pictures: readonly (() => Promise<HTMLCanvasElement>)[],
	signal: AbortSignal,
	onProgress: (share: number) => void
): Promise<Blob> {
	const kind = videoKind();
	const [first] = pictures;
	if (!kind || !first) throw new PatchworkError('request', 'This browser records no video.');
	const canvas = sized(await first());
	const stream = canvas.captureStream();
	const recorder = new MediaRecorder(stream, { mimeType: kind.type });
	const parts: Blob[] = [];
	recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
	const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
	recorder.start();
	try {
		for (const [i, make] of pictures.entries()) {
			onProgress(i / pictures.length);
			await hold(canvas, await make(), signal);
		}
	} finally {
		recorder.stop();
		await ended;
		for (const track of stream.getTracks()) track.stop();
	}
	return new Blob(parts, { type: kind.type.replace(/;.*/, '') });
}

/** An empty canvas of a picture's shape, with an even number of pixels each way, as encoders want it. */
function sized({ width, height }: HTMLCanvasElement): HTMLCanvasElement {
	const scale = Math.min(1, LARGEST / Math.max(width, height));
	const canvas = document.createElement('canvas');
	canvas.width = 2 * Math.round((width * scale) / 2);
	canvas.height = 2 * Math.round((height * scale) / 2);
	return canvas;
}

/** Draws a picture again and again while it stands: a canvas that is not drawn on gives no frames. */
async function hold(canvas: HTMLCanvasElement, picture: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
	const end = performance.now() + STAY;
	while (performance.now() < end) {
		if (signal.aborted) throw new PatchworkError('cancelled', 'The video was not made.');
		canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
		await new Promise((resolve) => setTimeout(resolve, 40));
	}
}
