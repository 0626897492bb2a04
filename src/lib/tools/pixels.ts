import { canvasOf } from '../marks/canvas';
import type { PreprocessConfig } from '../engine/config';
import type { RunResult } from '../worker/protocol';

/** The colour that is zero in a model's input, as bytes: middle grey, or the mean of the photos that it was trained on. */
export function zeroColour({ mean, rescale }: Pick<PreprocessConfig, 'mean' | 'rescale'>): [number, number, number] {
	const [red, green, blue] = mean.map((value) => Math.round(value / rescale));
	return [red ?? 0, green ?? 0, blue ?? 0];
}

/**
 * The mean of all patches of the pixels that a model saw, RGBA bytes: each place of it is the mean of that place in every
 * patch. @param side of a patch, in pixels
 */
export function meanPatch({ data, width, height }: RunResult['seen'], side: number): Uint8ClampedArray<ArrayBuffer> {
	const sums = new Float64Array(side * side * 4);
	const [rows, columns] = [Math.floor(height / side), Math.floor(width / side)];
	for (let y = 0; y < rows * side; y++) {
		for (let x = 0; x < columns * side; x++) {
			for (let c = 0; c < 4; c++) {
				const at = ((y % side) * side + (x % side)) * 4 + c;
				sums[at] = (sums[at] ?? 0) + (data[(y * width + x) * 4 + c] ?? 0);
			}
		}
	}
	return Uint8ClampedArray.from(sums, (sum) => sum / (rows * columns));
}

/** That patch as a picture. */
export function meanPatchPicture(seen: RunResult['seen'], side: number): HTMLCanvasElement {
	const [canvas, context] = canvasOf(side, side);
	context.putImageData(new ImageData(meanPatch(seen, side), side, side), 0, 0);
	return canvas;
}
