import { patchGrid } from '../../engine/config';
import { tokenGrid, type ViTConfig } from '../../engine/vit/config';
import { placeOf } from '../../marks/tokens';
import { fieldsOf, onPicture, placeAt, RESNET_50, type Place } from './receptive-field';

/** ResNet-50's receptive field behind its stem and behind each of its blocks. */
export const RESNET = fieldsOf(RESNET_50);

/** The share of a ViT's blocks that have been run once `block`, counted from 0, is done. */
export const relativeDepth = (block: number, { depth }: Pick<ViTConfig, 'depth'>): number => (block + 1) / depth;

/** Where ResNet-50 is when the ViT has done `block`, counted from 0. */
export const placeBeside = (block: number, config: Pick<ViTConfig, 'depth'>): Place =>
	placeAt(RESNET, relativeDepth(block, config));

/** A rectangle on the model's input, in pixels, and the share of the picture that it covers. */
export type Square = ReturnType<typeof onPicture>;

/** A receptive field of `side` pixels around the middle of a patch; null for CLS, which has no place. */
export function squareAround(token: number, side: number, config: ViTConfig): Square | null {
	const place = placeOf(token, tokenGrid(config));
	if (!place) return null;
	const [height, width] = config.imageSize;
	return onPicture(centreOf(place, config.patchSize), side, { width, height });
}

/**
 * How much of the attention on patches goes to patches whose middle lies outside of a square, in [0, 1].
 * @param weights one a patch, row-major; they need not sum to 1, for CLS may have its part too
 */
export function shareOutside(weights: ArrayLike<number>, square: Square, config: ViTConfig): number {
	const { columns } = patchGrid(config);
	let outside = 0;
	let total = 0;
	for (let patch = 0; patch < weights.length; patch++) {
		const weight = weights[patch] ?? 0;
		const { x, y } = centreOf({ row: Math.floor(patch / columns), column: patch % columns }, config.patchSize);
		const inside = x >= square.x && x <= square.x + square.width && y >= square.y && y <= square.y + square.height;
		if (!inside) outside += weight;
		total += weight;
	}
	return total > 0 ? outside / total : 0;
}

const centreOf = ({ row, column }: { row: number; column: number }, patchSize: number) => ({
	x: (column + 0.5) * patchSize,
	y: (row + 0.5) * patchSize
});
