import { PatchworkError } from '../../base/errors';
import type { PreprocessConfig } from '../../engine/config';
import { cutsOf, seenPlan } from '../../engine/cuts';
import type { PixelSource } from '../../engine/pixel-source';
import { resample } from '../../engine/resample';
import { mirrored, pixelsOf, rearranged, type Pixels } from './pixels';

/** The rows of the input, over the whole width of the resized photo. */
export interface Strip {
	readonly pixels: Pixels;
	/** The columns that the input shows: the first, and how many. */
	readonly start: number;
	readonly width: number;
}

/** @throws PatchworkError `request` where the input reaches beyond the photo, so that there is nothing to move over */
export function stripOf(photo: PixelSource, config: PreprocessConfig): Strip {
	const { columns, rows } = cutsOf(photo, config);
	const [down, whole] = [seenPlan(rows), { start: 0, length: columns.resized }];
	if (config.pads || down.part.length !== config.size[0] || columns.start < 0) {
		throw new PatchworkError(
			'request',
			'The input of this model reaches beyond the photo, so its window cannot be moved over it.'
		);
	}
	const plan = { from: { start: 0, length: photo.width }, size: columns.resized, part: whole };
	const data = resample(photo, plan, down, config.interpolation);
	const pixels = pixelsOf({ data, width: columns.resized, height: down.part.length });
	return { pixels, start: columns.start, width: columns.length };
}

/** The window moved to the right; beyond its left and right edges the photo is mirrored. @param by in pixels */
export function moved({ pixels, start, width }: Strip, by: number): Pixels {
	const place = (column: number) => mirrored(start + by + column, pixels.width);
	return rearranged(pixels, (row, column) => [row, place(column)], { width, height: pixels.height });
}
