import * as tf from '@tensorflow/tfjs-core';
import { Model, type CheckpointFiles } from '../../../src/lib/engine/model';
import { pixelValues, roundedToHalves, timmCheckpoint } from '../../../src/lib/engine/testing/checkpoint';
import { approximatedCheckpoint } from '../../../src/lib/engine/testing/kinds';
import { swinCheckpoint, swinPixels } from '../../../src/lib/engine/testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../../../src/lib/engine/testing/variants';

/** The gradients of one made-up model's run, by tap. */
export interface FoundGradients {
	readonly name: string;
	readonly values: Readonly<Record<string, readonly number[]>>;
	/** Tensors that were there after everything was disposed and not before. */
	readonly leaked: number;
}

interface Kind {
	readonly name: string;
	readonly files: CheckpointFiles;
	readonly pixels: Float32Array;
	readonly pattern: string;
}

const vit = (name: string, files: CheckpointFiles): Kind => ({
	name,
	files,
	pixels: pixelValues(),
	pattern: 'blocks.0.attn.pattern'
});

const halves = () => ({ ...timmCheckpoint(), weights: roundedToHalves(timmCheckpoint().weights).halves });

/** What goes back in ways of its own: float16 weights, either GELU, a gate, other heads, windows. */
const KINDS = (): Kind[] => [
	vit('float16 weights', halves()),
	vit('an approximated GELU', approximatedCheckpoint()),
	...VARIANTS.map((variant) => vit(variant.name, variantCheckpoint(variant))),
	{ name: 'a Swin', files: swinCheckpoint(), pixels: swinPixels(), pattern: 'stages.0.blocks.1.attn.pattern' }
];

/** Of each kind, on the current backend. */
export async function findGradients(): Promise<FoundGradients[]> {
	const found: FoundGradients[] = [];
	for (const kind of KINDS()) found.push(await gradientsOf(kind));
	return found;
}

async function gradientsOf({ name, files, pixels, pattern }: Kind): Promise<FoundGradients> {
	const before = tf.memory().numTensors;
	const model = Model.load(files);
	const trace = await model.run(pixels);
	const names = ['pixel_values', pattern];
	const gradients = await model.gradients(trace, { classIndex: 1, names });
	const read = await Promise.all(names.map(async (tap) => [tap, [...(await gradients.read(tap)).data]] as const));
	for (const owner of [gradients, trace, model]) owner.dispose();
	return { name, values: Object.fromEntries(read), leaked: tf.memory().numTensors - before };
}
