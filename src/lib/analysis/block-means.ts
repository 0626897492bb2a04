import { has, tapSpecs, tokenGridOf, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';

/**
 * The taps by which two networks can be held against each other place by place: what enters the first block, where one
 * sequence does, and what each block hands on.
 */
export function blockOutputs(config: ModelConfig): string[] {
	const names = tapSpecs(config).map(({ name }) => name);
	const outputs = names.filter((name) => /(^|\.)blocks\.\d+\.out$/.test(name));
	return has(config, 'sequence') ? ['embeddings', ...outputs] : outputs;
}

/**
 * The mean over all patches, or over all places of a map, with the tokens before them left out.
 * @param tap (1, n, d), of {@link blockOutputs} @returns d numbers
 */
export function meanOverPlaces({ data, shape }: Pick<TapData, 'data' | 'shape'>, config: ModelConfig): Float32Array {
	const width = shape.at(-1) ?? 0;
	const first = tokenGridOf(config).prefix.length * width;
	const mean = new Float32Array(width);
	const places = (data.length - first) / width;
	for (let i = first; i < data.length; i++) mean[i % width] = (mean[i % width] ?? 0) + (data[i] ?? 0) / places;
	return mean;
}
