import { rowAt } from '../analysis/linear';
import { tokenGridOf, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import type { FeaturePlace } from './feature-place';
import { Making, type Workshop } from './making.svelte';

/** What the network knows of each of its tokens at one place. */
export interface Features {
	/** Of a token. */
	readonly dim: number;
	/** Tokens before the patches. */
	readonly prefix: number;
	/** `dim` a token, those before the patches first, row-major; NaN of one that the run took out. */
	readonly rows: Float32Array;
}

/** @param tap (1, n, dim), of the tokens that are left of `tokens` */
export function featuresOf({ data, shape, tokens: left }: TapData, tokens: number, prefix: number): Features {
	const [, n = 0, dim = 0] = shape;
	if (!left && n === tokens) return { dim, prefix, rows: data };
	const rows = new Float32Array(tokens * dim).fill(NaN);
	for (let row = 0; row < n; row++) rows.set(rowAt(data, dim, row), (left?.[row] ?? row) * dim);
	return { dim, prefix, rows };
}

/** The features of the patches alone. @returns a view of `dim` a patch, row-major */
export function patchFeatures({ dim, prefix, rows }: Features): Float32Array {
	return rows.subarray(prefix * dim);
}

/** How many tokens stand at a place, and how many of them before the patches. */
function tokensAt(config: ModelConfig, { rows, columns }: FeaturePlace): { tokens: number; prefix: number } {
	const prefix = tokenGridOf(config).prefix.length;
	return { tokens: prefix + rows * columns, prefix };
}

/** Reads the features of a run. */
export function readingOf(workshop: Workshop, config: ModelConfig, place: FeaturePlace): Making<Features> {
	const { tokens, prefix } = tokensAt(config, place);
	return new Making(workshop, 'Reading the features', async ({ read }) => {
		const [tap] = await read([place.tap]);
		if (!tap) throw new Error('The engine answered without the tap that was asked for.');
		return featuresOf(tap, tokens, prefix);
	});
}

/** Reads those of every sample photo, by the same model. */
export function samplesOf(workshop: Workshop, config: ModelConfig, place: FeaturePlace): Making<readonly Features[]> {
	const { tokens, prefix } = tokensAt(config, place);
	return new Making(workshop, 'Running the model on the samples', async ({ samples }, under) => {
		const photos = await samples([place.tap], under);
		return photos.flatMap(([tap]) => (tap ? [featuresOf(tap, tokens, prefix)] : []));
	});
}
