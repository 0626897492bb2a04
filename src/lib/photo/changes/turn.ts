import { rearranged, type Pixels } from './pixels';

/** Upside down: the rows reversed. */
export const flipVertical = (pixels: Pixels): Pixels =>
	rearranged(pixels, (row, column) => [pixels.height - 1 - row, column]);

/** Left and right exchanged: the columns reversed. */
export const mirror = (pixels: Pixels): Pixels => rearranged(pixels, (row, column) => [row, pixels.width - 1 - column]);

/** A quarter turn against the clock, as numpy's `rot90`: the last column becomes the first row. */
export const turn90 = (pixels: Pixels): Pixels =>
	rearranged(pixels, (row, column) => [column, pixels.width - 1 - row], {
		width: pixels.height,
		height: pixels.width
	});

/** Half a turn. */
export const turn180 = (pixels: Pixels): Pixels => flipVertical(mirror(pixels));
