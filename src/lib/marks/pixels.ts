/**
 * Puts pixels on a canvas that has one for each place.
 * @param paint fills RGBA pixels, row-major; null leaves the canvas empty
 * @param before what this gave the last time: it is painted over, so that following the pointer allocates nothing
 */
export function putPixels(
	canvas: HTMLCanvasElement,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
	paint: ((pixels: Uint8ClampedArray) => void) | null,
	before?: ImageData
): ImageData | undefined {
	const context = canvas.getContext('2d');
	if (!context) return before;
	if (paint === null) {
		context.clearRect(0, 0, columns, rows);
		return before;
	}
	const image = before?.width === columns && before.height === rows ? before : new ImageData(columns, rows);
	paint(image.data);
	context.putImageData(image, 0, 0);
	return image;
}
