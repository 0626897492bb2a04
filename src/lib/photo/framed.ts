import type { PreprocessConfig } from '../engine/config';
import { unresizedSize } from '../engine/cuts';
import { centreCrop } from '../engine/preprocess';

/** RGBA pixels, row-major: `width * height * 4` bytes. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * A photo that preprocessing turns back into exactly these pixels: they stand where its centre is cropped, in a frame that
 * makes the photo so large that nothing is resized. What the frame shows is never seen. Where a model's crop reaches beyond
 * every photo, what lies there can't be of the photo, and is left out.
 * @param pixels of the model's input size
 */
export function framed({ width, height, data }: Pixels, config: PreprocessConfig): Pixels {
	const outer = unresizedSize(config);
	const { x, y } = centreCrop(outer.width, outer.height, config);
	const frame = new Uint8ClampedArray(outer.width * outer.height * 4).fill(255);
	const [left, right] = [Math.max(0, -x), Math.min(width, outer.width - x)];
	for (let row = Math.max(0, -y); row < Math.min(height, outer.height - y); row++) {
		const line = data.subarray((row * width + left) * 4, (row * width + right) * 4);
		frame.set(line, ((y + row) * outer.width + x + left) * 4);
	}
	return { ...outer, data: frame };
}

/** The pixels turned by half a circle. */
export function upsideDown({ width, height, data }: Pixels): Pixels {
	return rearranged(width, height, data, (row, column) => [height - 1 - row, width - 1 - column]);
}

/** Middle grey, which most models' normalisation turns into zeros. */
const GREY = 128;

/** A picture of the same size with nothing in it. */
export function plainGrey({ width, height }: Pixels): Pixels {
	const data = new Uint8ClampedArray(width * height * 4).fill(GREY);
	for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
	return { width, height, data };
}

/** The pixels moved to the right; what leaves on the right comes in again on the left. @param by whole pixels, from 0 */
export function movedRight({ width, height, data }: Pixels, by: number): Pixels {
	return rearranged(width, height, data, (row, column) => [row, (column + width - (by % width)) % width]);
}

/** A picture whose every pixel is taken from another place. */
function rearranged(
	width: number,
	height: number,
	data: Uint8ClampedArray,
	from: (row: number, column: number) => [row: number, column: number]
): Pixels {
	const moved = new Uint8ClampedArray(data.length);
	for (let row = 0, to = 0; row < height; row++) {
		for (let column = 0; column < width; column++, to += 4) {
			const [y, x] = from(row, column);
			const at = (y * width + x) * 4;
			moved.set(data.subarray(at, at + 4), to);
		}
	}
	return { width, height, data: moved };
}
