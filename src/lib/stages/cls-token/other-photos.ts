type Source = HTMLCanvasElement | ImageBitmap;

/** Middle grey, which most models' normalisation turns into zeros. */
const GREY = '#808080';

function canvasLike({ width, height }: Source): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, width);
	canvas.height = Math.max(1, height);
	const context = canvas.getContext('2d');
	if (!context) throw new Error('This browser gives no canvas to draw on.');
	return { canvas, context };
}

/** The picture turned by half a turn. Whoever asks for it closes the bitmap. */
export async function upsideDown(picture: Source): Promise<ImageBitmap> {
	const { canvas, context } = canvasLike(picture);
	context.translate(canvas.width, canvas.height);
	context.scale(-1, -1);
	context.drawImage(picture, 0, 0);
	return createImageBitmap(canvas);
}

/** A picture of the same size with nothing in it. Whoever asks for it closes the bitmap. */
export async function plainGrey(picture: Source): Promise<ImageBitmap> {
	const { canvas, context } = canvasLike(picture);
	context.fillStyle = GREY;
	context.fillRect(0, 0, canvas.width, canvas.height);
	return createImageBitmap(canvas);
}
