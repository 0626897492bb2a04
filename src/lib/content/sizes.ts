import { LANGUAGE, type Language } from '../base/language';
import { numbersIn } from '../base/numbers';
import { headInputs, tokenCount, type ViTConfig } from '../engine/vit/config';
import { patchGrid } from '../engine/config';

/** The numbers of a model that prose may quote as `:size[key]`. */
export const SIZE_KEYS = [
	'imageWidth',
	'imageHeight',
	'patchSize',
	'channels',
	'rows',
	'columns',
	'patches',
	'tokens',
	'pixels',
	'depth',
	'heads',
	'headDim',
	'dim',
	'mlpDim',
	'embedding',
	'classes',
	'parameters'
] as const;

export type SizeKey = (typeof SIZE_KEYS)[number];

export function isSizeKey(key: string): key is SizeKey {
	return (SIZE_KEYS as readonly string[]).includes(key);
}

/**
 * Every size that prose may quote, of one model: lengths in pixels, the rest counts.
 * `pixels` is the length of one patch laid out as a row (channels * patchSize^2), `embedding` how many numbers the head
 * reads.
 */
export function sizesOf(config: ViTConfig, parameters: number): Record<SizeKey, number> {
	const { channels, patchSize, depth, heads, dim, mlpDim, classes } = config;
	const [imageHeight, imageWidth] = config.imageSize;
	const { rows, columns } = patchGrid(config);
	return {
		imageWidth,
		imageHeight,
		patchSize,
		channels,
		rows,
		columns,
		patches: rows * columns,
		tokens: tokenCount(config),
		pixels: channels * patchSize * patchSize,
		depth,
		heads,
		headDim: dim / heads,
		dim,
		mlpDim,
		embedding: headInputs(config),
		classes,
		parameters
	};
}

/** A size as prose writes it: `5,717,416`. */
export const formatSize = (value: number, language: Language = LANGUAGE): string => numbersIn(language).grouped(value);

/** The part of a page's element that {@link fillSizes} needs. */
interface Quoting {
	querySelectorAll(selector: string): Iterable<Element>;
}

/** Writes the sizes of the model in use into rendered prose, in place of those that it was built with. @param language of the prose */
export function fillSizes(root: Quoting, sizes: Readonly<Record<SizeKey, number>>, language?: Language): void {
	for (const element of root.querySelectorAll('data[data-size]')) {
		const key = element.getAttribute('data-size') ?? '';
		if (!isSizeKey(key)) continue;
		element.setAttribute('value', String(sizes[key]));
		element.textContent = formatSize(sizes[key], language);
	}
}
