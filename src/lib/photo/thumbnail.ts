/** Pixels along the longer side. */
const SIDE = 160;

/** A small picture of a photo, as a file. @param photo stays the caller's */
export async function thumbnailOf(photo: ImageBitmap): Promise<Blob> {
	const scale = Math.min(1, SIDE / Math.max(photo.width, photo.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(scale * photo.width));
	canvas.height = Math.max(1, Math.round(scale * photo.height));
	const drawing = canvas.getContext('2d');
	if (drawing) {
		drawing.imageSmoothingQuality = 'high';
		drawing.drawImage(photo, 0, 0, canvas.width, canvas.height);
	}
	const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.85));
	// A browser out of memory for a canvas shows an empty tile.
	return blob ?? new Blob();
}
