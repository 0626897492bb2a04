import type { PreprocessConfig } from '../engine/config';
import type { Crop } from '../engine/crop';

/** Width and height, in pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** What a model is shown of a photo when nobody picks a region, in a few words. */
export function cropAsTrained(config: Pick<PreprocessConfig, 'resize' | 'crops'> | null): string {
	if (!config) return 'Centre, as trained';
	const { resize, crops } = config;
	if (resize.rule === 'within') return 'Whole photo, as trained';
	if (resize.rule !== 'squash') return crops.length > 0 ? 'Centre, as trained' : 'Whole photo, as trained';
	const isWhole = crops.every((crop) => crop.every((side, axis) => side === resize.to[axis]));
	return isWhole ? 'Whole photo, squeezed' : 'Centre, squeezed';
}

/** The smallest region that can be picked, as a share of the largest. */
const LEAST = 0.1;

/** The largest region of a photo with the given aspect (width / height of the model's input), in its middle. */
export function largestCrop(photo: Size, aspect: number): Crop {
	const width = Math.min(photo.width, photo.height * aspect);
	const height = width / aspect;
	return { x: (photo.width - width) / 2, y: (photo.height - height) / 2, width, height };
}

/** A region of the given aspect with the same middle and width as `crop`, or as near as the photo allows. */
export function withAspect(crop: Crop, aspect: number, photo: Size): Crop {
	const width = Math.min(crop.width, largestCrop(photo, aspect).width);
	const height = width / aspect;
	const [dx, dy] = [(crop.width - width) / 2, (crop.height - height) / 2];
	return moveCrop({ x: crop.x + dx, y: crop.y + dy, width, height }, 0, 0, photo);
}

/** The region moved by some pixels, as far as the photo's edges let it. */
export function moveCrop(crop: Crop, dx: number, dy: number, photo: Size): Crop {
	return {
		...crop,
		x: clamp(crop.x + dx, 0, photo.width - crop.width),
		y: clamp(crop.y + dy, 0, photo.height - crop.height)
	};
}

/** Which corner is dragged: -1 is left or top, 1 is right or bottom. */
export interface Corner {
	readonly x: -1 | 1;
	readonly y: -1 | 1;
}

export const CORNERS: readonly Corner[] = [
	{ x: -1, y: -1 },
	{ x: 1, y: -1 },
	{ x: -1, y: 1 },
	{ x: 1, y: 1 }
];

/**
 * The region with one corner brought to a point, as near as the photo and the aspect allow. The opposite corner stays
 * where it is.
 */
export function resizeCrop(crop: Crop, corner: Corner, point: { x: number; y: number }, photo: Size): Crop {
	const aspect = crop.width / crop.height;
	const anchorX = corner.x > 0 ? crop.x : crop.x + crop.width;
	const anchorY = corner.y > 0 ? crop.y : crop.y + crop.height;
	const roomX = corner.x > 0 ? photo.width - anchorX : anchorX;
	const roomY = corner.y > 0 ? photo.height - anchorY : anchorY;
	const most = Math.min(roomX, roomY * aspect);
	const least = Math.min(most, LEAST * largestCrop(photo, aspect).width);
	const wanted = Math.max((point.x - anchorX) * corner.x, (point.y - anchorY) * corner.y * aspect);
	const width = clamp(wanted, least, most);
	const height = width / aspect;
	return {
		x: corner.x > 0 ? anchorX : anchorX - width,
		y: corner.y > 0 ? anchorY : anchorY - height,
		width,
		height
	};
}

/** The region made larger (or smaller, for a factor below 1) around its middle, and kept inside the photo. */
export function scaleCrop(crop: Crop, factor: number, photo: Size): Crop {
	const largest = largestCrop(photo, crop.width / crop.height).width;
	const width = clamp(crop.width * factor, LEAST * largest, largest);
	const height = (width * crop.height) / crop.width;
	const grown = { x: crop.x + (crop.width - width) / 2, y: crop.y + (crop.height - height) / 2, width, height };
	return moveCrop(grown, 0, 0, photo);
}

/** Where a key leads a region: arrows move it by a fiftieth of its width, a tenth with Shift; + and - scale it. */
export function keyCrop(crop: Crop, key: string, shift: boolean, photo: Size): Crop | null {
	const step = crop.width * (shift ? 0.1 : 0.02);
	switch (key) {
		case 'ArrowLeft':
			return moveCrop(crop, -step, 0, photo);
		case 'ArrowRight':
			return moveCrop(crop, step, 0, photo);
		case 'ArrowUp':
			return moveCrop(crop, 0, -step, photo);
		case 'ArrowDown':
			return moveCrop(crop, 0, step, photo);
		case '+':
		case '=':
			return scaleCrop(crop, 1.05, photo);
		case '-':
			return scaleCrop(crop, 1 / 1.05, photo);
		default:
			return null;
	}
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
