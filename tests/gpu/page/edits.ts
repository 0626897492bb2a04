import * as tf from '@tensorflow/tfjs-core';
import type { Edit } from '../../../src/lib/engine/edits/edit';
import { Model } from '../../../src/lib/engine/model';
import { pixelValues, SIZES, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { PRUNED } from '../../../src/lib/engine/testing/pruned';
import { largest, largestDifference } from './numbers';

/** A run with edits beside the run that it must equal. */
export interface EditComparison {
	readonly name: string;
	/** The largest difference of the logits, divided by the largest of them. */
	readonly difference: number;
	/** The same to the run without edits: whether they did anything. */
	readonly moved: number;
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

/** On the current backend: heads zeroed and pruned, and edits that take each other back. */
export async function compareEdits(): Promise<EditComparison[]> {
	const comparisons: EditComparison[] = [];
	for (const { name, files, without, edit, pixels } of PRUNED) {
		comparisons.push(await compare(name, [files, pixels, [edit]], [without, pixels, []]));
	}
	const order = Array.from({ length: (SIZES.image / SIZES.patch) ** 2 }, (_, i) => i).reverse();
	const files = timmCheckpoint();
	const turned: Edit = { tap: 'pixel_values', tokens: 'patches', do: 'permute', order };
	const turnedBack: Edit = { tap: 'patch_embed', do: 'permute', order };
	comparisons.push(
		await compare(
			'patches turned round twice',
			[files, pixelValues(), [turned, turnedBack]],
			[files, pixelValues(), []]
		)
	);
	const kept: Edit = { tap: 'blocks.0.out', tokens: ['cls', 3, 8], do: 'keep' };
	const others = { keys: order.map((i) => i + 1).filter((token) => token !== 3 && token !== 8) };
	const hidden: Edit = { tap: 'blocks.1.attn.scores', ...others, do: 'set', to: -1e30 };
	comparisons.push(
		await compare(
			'tokens taken out, and hidden as keys',
			[files, pixelValues(), [kept]],
			[files, pixelValues(), [hidden]]
		)
	);
	return comparisons;
}

type Run = readonly [files: ReturnType<typeof timmCheckpoint>, pixels: Float32Array, edits: readonly Edit[]];

async function compare(name: string, edited: Run, expected: Run): Promise<EditComparison> {
	const before = tf.memory().numTensors;
	const [got, truth, plain] = [
		await logitsOf(edited),
		await logitsOf(expected),
		await logitsOf([edited[0], edited[1], []])
	];
	const most = largest([...truth]);
	return {
		name,
		difference: largestDifference([...truth], got) / most,
		moved: largestDifference([...plain], got) / most,
		leaked: tf.memory().numTensors - before
	};
}

async function logitsOf([files, pixels, edits]: Run): Promise<Float32Array> {
	const model = Model.load(files);
	const trace = await model.run(pixels, { edits });
	const { data } = await trace.read('logits');
	trace.dispose();
	model.dispose();
	return data;
}
