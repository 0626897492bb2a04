import * as tf from '@tensorflow/tfjs-core';
import { readSafetensors } from '../../../src/lib/engine/checkpoint/safetensors';
import { Model } from '../../../src/lib/engine/model';
import { pixelValues } from '../../../src/lib/engine/testing/checkpoint';
import { referenceTaps } from '../../../src/lib/engine/testing/reference';
import { rulesOf, VARIANTS, variantCheckpoint, type Variant } from '../../../src/lib/engine/testing/variants';
import { largest, largestDifference } from './numbers';

/** A made-up ViT that is not plain, beside the plain computation in float64. */
export interface VariantComparison {
	readonly name: string;
	/** The largest difference of what the last block and the head make, divided by the largest magnitude. */
	readonly differences: Readonly<Record<string, number>>;
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

/** Reading more takes a software GPU long. */
const READ = ['blocks.1.out', 'logits'];

/** Each variant, on the current backend. */
export async function compareVariants(): Promise<VariantComparison[]> {
	const comparisons: VariantComparison[] = [];
	for (const variant of VARIANTS) comparisons.push(await compare(variant));
	return comparisons;
}

async function compare(variant: Variant): Promise<VariantComparison> {
	const before = tf.memory().numTensors;
	const files = variantCheckpoint(variant);
	const expected = referenceTaps(readSafetensors(files.weights), pixelValues(), variant.sizes, rulesOf(variant));
	const model = Model.load(files);
	const trace = await model.run(pixelValues());
	const differences: Record<string, number> = {};
	for (const name of READ) {
		const truth = expected.get(name) ?? [];
		differences[name] = largestDifference(truth, (await trace.read(name)).data) / largest(truth);
	}
	trace.dispose();
	model.dispose();
	return { name: variant.name, differences, leaked: tf.memory().numTensors - before };
}
