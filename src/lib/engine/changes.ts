import { PatchworkError } from '../errors';
import { patchGrid, type CommonConfig } from './config';

type ReorderedConfig = Pick<CommonConfig, 'imageSize' | 'patchSize' | 'channels'>;

/** What an experiment changes in the forward pass; without any, the pass is the model's own. */
export interface Changes {
	/**
	 * The patch that stands at each place of the sequence, counted from 0 without CLS: a permutation of all patches.
	 * Positions stay where they are, so a moved patch gets the position of its new place.
	 */
	readonly order?: readonly number[];
	/** `false`: no position is added to any token. */
	readonly positions?: boolean;
}

/**
 * The model's input with its patches in another order: the pixels move, so that every tap, from `pixel_values` on, is
 * of the rearranged photo. Moving them here rather than on the backend needs no kernel of its own.
 * @param pixelValues (1, channels, height, width), row-major
 * @param order the patch that goes to each place
 * @returns an array of its own, shaped like `pixelValues`
 * @throws PatchworkError `request` when `order` is not a permutation of all patches
 */
export function reorderPatches(
	pixelValues: Float32Array,
	config: ReorderedConfig,
	order: readonly number[]
): Float32Array<ArrayBuffer> {
	const { rows, columns } = patchGrid(config);
	checkFilled(config);
	checkOrder(order, rows * columns);
	const { channels, patchSize: side } = config;
	const width = columns * side;
	const plane = rows * side * width;
	/** Where a patch's line of pixels starts in its channel. */
	const lineOf = (patch: number, line: number) =>
		(Math.floor(patch / columns) * side + line) * width + (patch % columns) * side;
	const out = new Float32Array(pixelValues.length);
	for (let channel = 0; channel < channels; channel++) {
		for (const [place, patch] of order.entries()) {
			for (let line = 0; line < side; line++) {
				const from = channel * plane + lineOf(patch, line);
				out.set(pixelValues.subarray(from, from + side), channel * plane + lineOf(place, line));
			}
		}
	}
	return out;
}

/** @throws PatchworkError `request` when `order` is not a permutation of 0 to `patches` - 1 */
function checkOrder(order: readonly number[], patches: number): void {
	const known = order.filter((patch) => Number.isInteger(patch) && patch >= 0 && patch < patches);
	if (order.length === patches && new Set(known).size === patches) return;
	throw new PatchworkError('request', `An order must name each of the ${patches} patches once, counted from 0.`);
}

/** @throws PatchworkError `request` when the last patches are wider than what is left of the picture */
function checkFilled({ imageSize, patchSize }: ReorderedConfig): void {
	if (imageSize.every((side) => side % patchSize === 0)) return;
	throw new PatchworkError(
		'request',
		'The patches of this model do not fill its picture, so they cannot be rearranged.'
	);
}
