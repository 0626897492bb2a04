/** What decides the sizes at a Vision Transformer's entrance. */
export interface Sizes {
	/** Side of the square input, in pixels. */
	readonly image: number;
	/** Side of a patch, in pixels. */
	readonly patch: number;
	readonly channels: number;
	/** Width of the residual stream. */
	readonly dim: number;
}

/** A small setting that is often taught with: 18 x 18 patches. */
export const SMALL: Sizes = { image: 144, patch: 8, channels: 3, dim: 128 };

/** One line of the calculator. */
export interface Count {
	readonly name: string;
	/** How it is computed, with the numbers. */
	readonly sum: string;
	readonly value: number;
}

/** Why sizes cannot be; null when they can. */
export function problemOf({ image, patch, channels, dim }: Sizes): string | null {
	if (![image, patch, channels, dim].every((n) => Number.isInteger(n) && n > 0)) {
		return 'Every size is a whole number, 1 or more.';
	}
	if (image % patch !== 0) {
		return `${image} pixels cannot be cut into patches of ${patch}: ${image % patch} would be left over.`;
	}
	return null;
}

/** What follows from some sizes. They must be possible, see {@link problemOf}. */
export function countsOf({ image, patch, channels, dim }: Sizes): Count[] {
	const side = image / patch;
	const patches = side * side;
	const numbers = channels * patch * patch;
	const tokens = patches + 1;
	return [
		{ name: 'Patches', sum: `(${image} / ${patch})²`, value: patches },
		{ name: 'Tokens, with CLS', sum: `${patches} + 1`, value: tokens },
		{ name: 'Numbers in a patch', sum: `${channels} × ${patch} × ${patch}`, value: numbers },
		{ name: 'Parameters of the projection', sum: `${numbers} × ${dim} + ${dim}`, value: numbers * dim + dim },
		{ name: 'Entries of one attention matrix', sum: `${tokens}²`, value: tokens * tokens }
	];
}
