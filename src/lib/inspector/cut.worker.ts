import { decodePhoto } from '../photo/decode';
import type { Crop } from '../worker/protocol';

export interface CutRequest {
	/** The photo's file. */
	readonly blob: Blob;
	/** In pixels of the upright photo. */
	readonly crop: Crop;
	/** Of the answer, in pixels. */
	readonly size: { readonly width: number; readonly height: number };
}

/** The part of the photo, to be closed by whoever asked; null where this thread could not make it. */
export interface CutAnswer {
	readonly bitmap: ImageBitmap | null;
}

const scope = self as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data }: MessageEvent<CutRequest>) => {
	const bitmap = await cut(data).catch(() => null);
	const answer: CutAnswer = { bitmap };
	scope.postMessage(answer, bitmap ? [bitmap] : []);
};

async function cut({ blob, crop, size }: CutRequest): Promise<ImageBitmap | null> {
	const photo = await decodePhoto(blob);
	const canvas = new OffscreenCanvas(size.width, size.height);
	const context = canvas.getContext('2d');
	if (!context) return null;
	context.imageSmoothingQuality = 'high';
	context.drawImage(photo, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
	photo.close();
	return canvas.transferToImageBitmap();
}
