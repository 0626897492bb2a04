import { prefixTokens, type ViTConfig } from '../../engine/vit/config';

/** What decides the sizes at a Vision Transformer's entrance. */
export interface Sizes {
	/** Of the input, in pixels. */
	readonly height: number;
	readonly width: number;
	/** Side of a patch, in pixels. */
	readonly patch: number;
	readonly channels: number;
	/** Width of the residual stream. */
	readonly dim: number;
	/** Tokens that stand before the patches: CLS, in some models others beside it, in a few none. */
	readonly prefix: number;
}

/** Those of a model. */
export function sizesOf(config: ViTConfig): Sizes {
	const { imageSize, patchSize: patch, channels, dim } = config;
	return { height: imageSize[0], width: imageSize[1], patch, channels, dim, prefix: prefixTokens(config) };
}

/** A small setting that is often taught with: 18 x 18 patches. */
export const SMALL: Sizes = { height: 144, width: 144, patch: 8, channels: 3, dim: 128, prefix: 1 };

/** One line of the calculator. */
export interface Count {
	readonly name: string;
	/** How it is computed, with the numbers. */
	readonly sum: string;
	readonly value: number;
}

/** The least that a size can be. */
export const leastOf = (key: keyof Sizes): number => (key === 'prefix' ? 0 : 1);

const KEYS = Object.keys(SMALL) as (keyof Sizes)[];

/** Why sizes cannot be; null when they can. */
export function problemOf(sizes: Sizes): string | null {
	const { height, width, patch } = sizes;
	if (!KEYS.every((key) => Number.isInteger(sizes[key]) && sizes[key] >= leastOf(key))) {
		return 'Every size is a whole number, 1 or more; only the tokens in front may be 0.';
	}
	const side = [height, width].find((pixels) => pixels % patch !== 0);
	return side === undefined
		? null
		: `${side} pixels cannot be cut into patches of ${patch}: ${side % patch} would be left over.`;
}

/** What follows from some sizes. They must be possible, see {@link problemOf}. */
export function countsOf({ height, width, patch, channels, dim, prefix }: Sizes): Count[] {
	const patches = (height / patch) * (width / patch);
	const cut = height === width ? `(${height} / ${patch})²` : `(${height} / ${patch}) × (${width} / ${patch})`;
	const numbers = channels * patch * patch;
	const tokens = patches + prefix;
	return [
		{ name: 'Patches', sum: cut, value: patches },
		{ name: 'Tokens', sum: `${patches} + ${prefix}`, value: tokens },
		{ name: 'Numbers in a patch', sum: `${channels} × ${patch} × ${patch}`, value: numbers },
		{ name: 'Parameters of the projection', sum: `${numbers} × ${dim} + ${dim}`, value: numbers * dim + dim },
		{ name: 'Entries of one attention matrix', sum: `${tokens}²`, value: tokens * tokens }
	];
}
