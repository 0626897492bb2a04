import { shuffled } from '../../base/shuffled';
import type { Pixels } from './pixels';
import { squareAt, squaresOf } from './shuffle';

/** Middle grey wherever a place is hidden. */
function hidden(pixels: Pixels, isHidden: (row: number, column: number) => boolean): Pixels {
	const { width, height, data } = pixels;
	return {
		...pixels,
		data: data.map((x, i) => (isHidden(Math.floor(i / width) % height, i % width) ? 0 : x))
	};
}

/** The right half is grey. */
export const hideRight = (pixels: Pixels): Pixels =>
	hidden(pixels, (_, column) => column >= Math.floor(pixels.width / 2));

/** Every other square is grey, on the whole: which of them depends on the seed. @param side in pixels */
export function hideHalf(pixels: Pixels, side: number, seed: number): Pixels {
	const squares = squaresOf(pixels, side);
	const gone = new Set(shuffled(squares.count, seed).slice(0, Math.floor(squares.count / 2)));
	return hidden(pixels, (row, column) => gone.has(squareAt(squares, row, column) ?? -1));
}
