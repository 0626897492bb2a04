import { PatchworkError } from '../errors';
import type { CommonConfig, ModelConfig } from './config';

/** The sides, in pixels, that a model may be asked to run at besides its own. */
export const RESOLUTIONS = { least: 112, most: 448 } as const;

/** All sides of a square input that the reader may choose from, rising: whole numbers of patches, and the model's own. */
export function resolutionsOf({ patchSize, imageSize }: Pick<ModelConfig, 'patchSize' | 'imageSize'>): number[] {
	const first = Math.ceil(RESOLUTIONS.least / patchSize);
	const last = Math.floor(RESOLUTIONS.most / patchSize);
	const sides = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * patchSize);
	const [height, width] = imageSize;
	return [...new Set(height === width ? [...sides, height] : sides)].sort((a, b) => a - b);
}

/**
 * A model's configuration at another size of its input.
 * @param imageSize height and width, in pixels
 * @throws PatchworkError `request` for a size that patches don't fill, or that is out of bounds
 */
export function resized<C extends ModelConfig>(config: C, imageSize: CommonConfig['imageSize']): C {
	const { least, most } = RESOLUTIONS;
	const { patchSize, imageSize: own, preprocess } = config;
	const allowed = (side: number, i: number) =>
		side === own[i] || (side % patchSize === 0 && side >= least && side <= most);
	if (!imageSize.every(allowed)) {
		throw new PatchworkError(
			'request',
			`This model runs on ${least} to ${most} pixels a side, in steps of ${patchSize}; ${imageSize.join(' x ')} is none.`
		);
	}
	return { ...config, imageSize, preprocess: { ...preprocess, size: imageSize } };
}
