import { largestDifference } from '../../analysis/linear';
import { patchGrid, type CommonConfig } from '../../engine/config';
import type { Tensor } from '../../engine/einops/apply';
import { nextTask } from '../../base/next-task';
import { convolve, linear, patchRows, type Projection } from './embed';

/** How far the comparison has come. */
export interface Proof {
	/** Patches compared, of all. */
	readonly compared: number;
	readonly patches: number;
	/** Numbers to an embedding. */
	readonly dim: number;
	/** Largest difference between the two variants so far, and between the linear one and the model's own tap. */
	readonly between: number;
	readonly fromModel: number;
	/** Largest magnitude of all embeddings so far, which a difference is to be measured by. */
	readonly largest: number;
}

export interface ProofInput {
	readonly config: CommonConfig;
	/** (1, c, height, width) */
	readonly pixels: Tensor;
	readonly projection: Projection;
	/** The model's own, (1, patches, d). */
	readonly patchEmbed: Float32Array;
}

/** Milliseconds of work after which the page is let breathe. */
const LONG = 12;

/** Computes both variants of the embedding for every patch, and how far they differ, a few patches at a time. */
export async function* prove(input: ProofInput, signal: AbortSignal): AsyncGenerator<Proof> {
	const { config, pixels, projection, patchEmbed } = input;
	const rows = patchRows(pixels, config);
	const [patches = 0, length = 0] = rows.shape;
	const dim = projection.bias.length;
	let proof: Proof = { compared: 0, patches, dim, between: 0, fromModel: 0, largest: 0 };
	let since = performance.now();
	for (let patch = 0; patch < patches; patch++) {
		const product = linear(rows.data.subarray(patch * length, (patch + 1) * length), projection);
		const convolved = convolve(pixels, projection, config.patchSize, ...cornerOf(patch, config));
		const own = patchEmbed.subarray(patch * dim, (patch + 1) * dim);
		proof = {
			...proof,
			compared: patch + 1,
			between: Math.max(proof.between, largestDifference(product, convolved)),
			fromModel: Math.max(proof.fromModel, largestDifference(product, own)),
			largest: product.reduce((most, value) => Math.max(most, Math.abs(value)), proof.largest)
		};
		if (performance.now() - since < LONG) continue;
		yield proof;
		await nextTask();
		if (signal.aborted) return;
		since = performance.now();
	}
	yield proof;
}

/** The pixel in the upper left corner of a patch. */
export function cornerOf(patch: number, config: CommonConfig): [y: number, x: number] {
	const { columns } = patchGrid(config);
	return [Math.floor(patch / columns) * config.patchSize, (patch % columns) * config.patchSize];
}

/** Differences up to this part of the largest number are what float32 loses over some hundred additions. */
const ROUNDING = 1e-4;

/** Whether the differences are no larger than rounding makes them. */
export function isRounding({ between, fromModel, largest }: Proof): boolean {
	return Math.max(between, fromModel) <= ROUNDING * largest;
}
