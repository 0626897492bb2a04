import { blockCost, breakEven, divides, tokensFor, type BlockCost } from '../../analysis/cost';
import { prefixTokens, type ViTConfig } from '../../engine/vit/config';

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
	/** Patch size, or the longer side of the image, in pixels. */
	readonly size: number;
	/** In pixels. */
	readonly image: ViTConfig['imageSize'];
	/** Patches and what the model puts before them. */
	readonly tokens: number;
	/** Numbers in the attention matrix of one head: tokens squared. */
	readonly entries: number;
	/** Multiply-adds of one block. */
	readonly cost: BlockCost;
}

/** One count a patch size, on the model's own image. */
export function againstPatch(config: ViTConfig, sizes: readonly number[]): Count[] {
	return sizes.map((size) => count(config, size, config.imageSize, size));
}

/**
 * One count an image in the proportions of the model's own, cut into its own patches: the longer side is given, and the
 * shorter one is as many whole patches as come nearest.
 */
export function againstImage(config: ViTConfig, sides: readonly number[]): Count[] {
	const { imageSize, patchSize } = config;
	return sides.map((side) => {
		const share = side / longerSide(config);
		const whole = (pixels: number) => patchSize * Math.max(1, Math.round((pixels * share) / patchSize));
		return count(config, side, [whole(imageSize[0]), whole(imageSize[1])], patchSize);
	});
}

/** The side by which images of a model's proportions are told apart, in pixels. */
export function longerSide({ imageSize }: Pick<ViTConfig, 'imageSize'>): number {
	return Math.max(...imageSize);
}

/** Longer sides of images from half of the model's own to four times as long, in whole patches, in pixels. */
export function imageSides(config: ViTConfig): number[] {
	const patches = longerSide(config) / config.patchSize;
	return range(Math.max(1, Math.round(patches / 2)), 4 * patches, 1).map((n) => n * config.patchSize);
}

/** A few of {@link imageSides}, each twice the one before, for a table; an image of one patch has no half. */
export function roundSides(config: ViTConfig): number[] {
	const patches = longerSide(config) / config.patchSize;
	const sides = [0.5, 1, 2, 4].map((share) => Math.max(1, Math.round(share * patches)) * config.patchSize);
	return [...new Set(sides)];
}

/**
 * The image at which attention has as much to do as all the rest of a block, in the model's proportions.
 * @returns its sides in pixels, not in whole patches
 */
export function imageAtBreakEven(config: ViTConfig): [height: number, width: number] {
	const [height, width] = config.imageSize;
	const patches = Math.max(0, breakEven(config) - prefixTokens(config));
	const share = config.patchSize * Math.sqrt(patches / (height * width));
	return [share * height, share * width];
}

function count(config: ViTConfig, size: number, image: ViTConfig['imageSize'], patchSize: number): Count {
	const tokens = tokensFor(image, patchSize, config);
	return { size, image, tokens, entries: tokens ** 2, cost: blockCost(tokens, config) };
}

function range(first: number, last: number, step: number): number[] {
	return Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step);
}
