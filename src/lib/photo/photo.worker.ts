import { toPatchworkError, type ErrorCode } from '../base/errors';
import { holdLifeline } from '../base/lifeline';
import { decodePhoto } from './decode';
import type { Crop } from '../engine/crop';

/** Decode a photo's file, or cut a part (in pixels of the upright photo) out of it and bring it to a size. */
export type PhotoRequest =
	| { readonly kind: 'decode'; readonly blob: Blob }
	| {
			readonly kind: 'cut';
			readonly blob: Blob;
			readonly crop: Crop;
			readonly size: { readonly width: number; readonly height: number };
	  };

/** The bitmap, to be closed by whoever asked, or what `decodePhoto` had against the file. */
export type PhotoAnswer =
	| { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap }
	| { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

const scope = self as DedicatedWorkerGlobalScope;
void holdLifeline(scope);

scope.onmessage = async ({ data }: MessageEvent<PhotoRequest>) => {
	try {
		const photo = await decodePhoto(data.blob);
		const bitmap = data.kind === 'cut' ? cut(photo, data) : photo;
		answer({ kind: 'bitmap', bitmap }, [bitmap]);
	} catch (error) {
		const { code, message } = toPatchworkError(error, 'photo', 'That picture could not be opened; please try another.');
		answer({ kind: 'error', code, message });
	}
};

function answer(message: PhotoAnswer, transfer: Transferable[] = []): void {
	scope.postMessage(message, transfer);
}

function cut(photo: ImageBitmap, { crop, size }: Extract<PhotoRequest, { kind: 'cut' }>): ImageBitmap {
	const canvas = new OffscreenCanvas(size.width, size.height);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('There is no 2-D canvas in this worker.');
	context.imageSmoothingQuality = 'high';
	context.drawImage(photo, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
	photo.close();
	return canvas.transferToImageBitmap();
}
