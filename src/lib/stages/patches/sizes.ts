import { blockCost, divides, tokensFor, type BlockCost } from '../../analysis/cost';
import type { ViTConfig } from '../../engine/config';

/** Patch sizes that papers on ViTs use, in pixels; a model's own may be another. */
const USUAL = [8, 16, 32];

/** What decides how an input can be cut, whichever the model. */
type Input = Pick<ViTConfig, 'imageSize' | 'patchSize'>;

/** The patch sizes that the figure offers: the usual ones that divide the model's input, and the model's own; rising. */
export function patchSizes({ imageSize, patchSize }: Input): number[] {
	const usual = USUAL.filter((size) => divides(imageSize, size));
	return [...new Set([...usual, patchSize])].sort((a, b) => a - b);
}

/** The patch size that is shown: the one asked for where it divides the model's input, else (and for 0) the model's own. */
export function shownSize(config: Input, asked: number): number {
	return patchSizes(config).includes(asked) ? asked : config.patchSize;
}

/** All sizes from the smallest to the largest of {@link patchSizes} that divide the model's input: for a curve. */
export function dividingSizes(config: ViTConfig): number[] {
	const sizes = patchSizes(config);
	const [least = 1, most = 1] = [sizes[0], sizes.at(-1)];
	return range(least, most, 1).filter((size) => divides(config.imageSize, size));
}

/** What the model would take at one patch size or image size. */
export interface Count {
	/** Patch size or side of the image, in pixels. */
	readonly size: number;
	/** Patches and CLS. */
	readonly tokens: number;
	/** Numbers in the attention matrix of one head: tokens squared. */
	readonly entries: number;
	/** Multiply-adds of one block. */
	readonly cost: BlockCost;
}

/** One count a patch size, on the model's own image. */
export function againstPatch(config: ViTConfig, sizes: readonly number[]): Count[] {
	return sizes.map((size) => count(config, size, tokensFor(config.imageSize, size, config)));
}

/** One count a square image, cut into the model's own patches. */
export function againstImage(config: ViTConfig, sides: readonly number[]): Count[] {
	return sides.map((side) => count(config, side, tokensFor([side, side], config.patchSize, config)));
}

/** Sides of square images from half of the model's own to four times as long, in whole patches, in pixels. */
export function imageSides({ imageSize, patchSize }: ViTConfig): number[] {
	const patches = imageSize[1] / patchSize;
	return range(Math.max(1, Math.round(patches / 2)), 4 * patches, 1).map((n) => n * patchSize);
}

/** A few of {@link imageSides}, each twice the one before, for a table. */
export function roundSides({ imageSize, patchSize }: ViTConfig): number[] {
	const patches = imageSize[1] / patchSize;
	return [0.5, 1, 2, 4].map((share) => Math.max(1, Math.round(share * patches)) * patchSize);
}

function count(config: ViTConfig, size: number, tokens: number): Count {
	return { size, tokens, entries: tokens ** 2, cost: blockCost(tokens, config) };
}

function range(first: number, last: number, step: number): number[] {
	return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step);
}
