import { PatchworkError } from '../base/errors';
import type { CommonConfig } from './config';
import { checkSize, tapSpecs, type ModelConfig } from './families';
import { preprocessAt } from './cuts';
import { bytesOf, leastBytes } from './lean';

/** The sides, in pixels, that a model may be asked to run at besides its own. */
const RESOLUTIONS = { least: 112, most: 448 } as const;

/** What a run and a look at one of its blocks may take, in bytes, at a size that is not the model's own. */
const MOST_BYTES = 2 ** 31;

/** How much memory all intermediates of one run would take together, in bytes. */
export function bytesOfRun(config: ModelConfig): number {
	return tapSpecs(config).reduce((sum, spec) => sum + bytesOf(spec), 0);
}

/** Whether a run could keep all of its intermediates, in the memory that there is for one. */
export const fitsWhole = (config: ModelConfig): boolean => bytesOfRun(config) <= MOST_BYTES;

/** How much a run takes at least, with a look at any one of its blocks, in bytes: see `lean.ts`. */
export const bytesNeeded = (config: ModelConfig): number => leastBytes(tapSpecs(config));

/**
 * All sizes of input that the reader may choose from, by how many pixels they have: squares of whole patches that a run
 * has the memory for, and the model's own, whatever its shape.
 */
export function resolutionsOf(config: ModelConfig): CommonConfig['imageSize'][] {
	const { patchSize, imageSize } = config;
	const first = Math.ceil(RESOLUTIONS.least / patchSize);
	const last = Math.floor(RESOLUTIONS.most / patchSize);
	const squares = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * patchSize)
		.map((side) => [side, side] as const)
		.filter((square) => !isSameSize(square, imageSize) && bytesNeeded(sized(config, square)) <= MOST_BYTES);
	const pixels = ([height, width]: CommonConfig['imageSize']) => height * width;
	return [...squares, imageSize].sort((a, b) => pixels(a) - pixels(b));
}

/** Whether two sizes of input are the same; null is one too, of whatever is not asked for. */
export function isSameSize(a: CommonConfig['imageSize'] | null, b: CommonConfig['imageSize'] | null): boolean {
	return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}

/**
 * A model's configuration at another size of its input.
 * @param imageSize height and width, in pixels
 * @throws PatchworkError `request` for a size that patches don't fill, that is out of bounds, or takes too much memory;
 * `config` where the family itself has no memory for it
 */
export function resized<C extends ModelConfig>(config: C, imageSize: CommonConfig['imageSize']): C {
	const { least, most } = RESOLUTIONS;
	const { patchSize, imageSize: own } = config;
	const allowed = (side: number, i: number) =>
		side === own[i] || (side % patchSize === 0 && side >= least && side <= most);
	if (!imageSize.every(allowed)) {
		throw new PatchworkError(
			'request',
			`This model runs on ${least} to ${most} pixels a side, in steps of ${patchSize}; ${imageSize.join(' x ')} is none.`
		);
	}
	const made = sized(config, imageSize);
	if (!isSameSize(imageSize, own) && bytesNeeded(made) > MOST_BYTES) {
		throw new PatchworkError(
			'request',
			`One run at ${imageSize.join(' x ')} pixels would take ${(bytesNeeded(made) / 1e9).toFixed(1)} GB of memory. Choose a smaller size.`
		);
	}
	checkSize(made);
	return made;
}

function sized<C extends ModelConfig>(config: C, imageSize: CommonConfig['imageSize']): C {
	return { ...config, imageSize, preprocess: preprocessAt(config.preprocess, imageSize) };
}
