import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { parseJson } from '../../base/json';
import { useNodeBackend } from '../backends/node';
import { inputShape } from '../config';
import { Model, type CheckpointFiles } from '../model';
import { preprocess } from '../preprocess';
import { pictureOf, tapSpecs, parameterSpecs } from '../families';
import { random, timmCheckpoint } from '../testing/checkpoint';
import { mobileNetCheckpoint, resNetCheckpoint } from '../testing/conv-checkpoint';
import { diceOf, mutatedFile, mutatedJson, mutatedText, type Dice } from '../testing/mutate';
import { swinCheckpoint } from '../testing/swin-checkpoint';
import { clipModel, dino3Checkpoint, DINO3_VARIANTS, SIGLIP_VARIANT, towerCheckpoint } from '../testing/towers';
import { VARIANTS, variantCheckpoint } from '../testing/variants';

/** Mutations of each kind, of each checkpoint in turn. */
const ROUNDS = 900;

/** Loaded models of which every so many runs, because a run takes as long as many loads. */
const EVERY = 40;

const PREPROCESSOR = {
	do_center_crop: false,
	do_normalize: true,
	do_resize: true,
	image_mean: [0.485, 0.456, 0.406],
	image_std: [0.229, 0.224, 0.225],
	image_processor_type: 'ViTImageProcessor',
	resample: 3,
	size: { height: 22, width: 29 },
	crop_size: { height: 22, width: 29 }
};

const CHECKPOINTS: readonly CheckpointFiles[] = [
	timmCheckpoint(),
	...VARIANTS.slice(0, 3).map(variantCheckpoint),
	...DINO3_VARIANTS.map(dino3Checkpoint),
	...[clipModel(), towerCheckpoint(SIGLIP_VARIANT, 'vision_model.'), variantCheckpoint(SIGLIP_VARIANT)],
	{ ...swinCheckpoint(), preprocessor: PREPROCESSOR },
	resNetCheckpoint(),
	mobileNetCheckpoint({ pad_type: 'same', bn_eps: 0.001 })
];

type Mutate = (files: CheckpointFiles, dice: Dice) => CheckpointFiles;

const KINDS: Readonly<Record<string, Mutate>> = {
	'weights files': (files, dice) => ({ ...files, weights: mutatedFile(files.weights, dice) }),
	'config files': (files, dice) => ({
		...files,
		config: mutatedJson(files.config, dice),
		preprocessor: dice.below(2) === 0 ? mutatedJson(files.preprocessor ?? PREPROCESSOR, dice) : files.preprocessor
	}),
	'texts of config files': (files, dice) => ({
		...files,
		config: parseJson(mutatedText(JSON.stringify(files.config), dice), 'config.json')
	})
};

/** What went wrong with loading, if it is what a reader may be shown. Anything else is thrown on. */
function refusalOf(error: unknown): PatchworkError {
	if (!(error instanceof PatchworkError)) throw error;
	expect(['config', 'checkpoint']).toContain(error.code);
	expect(error.message).toMatch(/^[^\n]{10,600}\.$/s);
	expect(error.message).not.toMatch(/undefined|\[object|[^"']NaN/);
	return error;
}

/** Nothing of a loaded model is half there, and it takes a photo. */
async function expectWhole(model: Model, runs: boolean): Promise<void> {
	const specs = parameterSpecs(model.config);
	expect([...model.weights.keys()].sort()).toEqual(specs.map(({ name }) => name).sort());
	for (const { name, shape } of specs) expect(model.weights.get(name)?.shape, name).toEqual(shape);
	if (!runs) return;
	const grey = { width: 9, height: 7, rows: (from: number, to: number) => new Uint8ClampedArray(9 * 4 * (to - from)) };
	const { pixelValues } = preprocess(grey, model.config.preprocess, null);
	expect(pixelValues).toHaveLength(tf.util.sizeFromShape(inputShape(model.config)));
	const { tap } = pictureOf(model.config);
	const trace = await model.run(pixelValues, { taps: (name) => name === tap });
	const { data } = await trace.read(tap);
	const { shape = [] } = tapSpecs(model.config).find(({ name }) => name === tap) ?? {};
	expect(data).toHaveLength(tf.util.sizeFromShape([...shape]));
	trace.dispose();
}

/** Loads what a mutation made, if it can be loaded. @returns whether it could */
async function tryOut(
	mutate: Mutate,
	round: number,
	runs: (loaded: number) => boolean,
	loaded: number
): Promise<boolean> {
	const dice = diceOf(random(round * 7919 + 13));
	const files = CHECKPOINTS[round % CHECKPOINTS.length] ?? timmCheckpoint();
	let model: Model;
	try {
		model = Model.load(mutate(files, dice));
	} catch (error) {
		refusalOf(error);
		return false;
	}
	try {
		await expectWhole(model, runs(loaded));
	} finally {
		model.dispose();
	}
	return true;
}

describe.each(Object.entries(KINDS))('%s after a random change', (_, mutate) => {
	beforeAll(() => useNodeBackend('cpu'));

	it(`are refused in a sentence, or give a whole model, and leave nothing behind (${ROUNDS} times)`, async () => {
		const before = tf.memory().numTensors;
		let loaded = 0;
		for (let round = 0; round < ROUNDS; round++) {
			try {
				if (await tryOut(mutate, round, (count) => count % EVERY === 0, loaded)) loaded++;
				expect(tf.memory().numTensors).toBe(before);
			} catch (error) {
				throw new Error(`Round ${round} went wrong.`, { cause: error });
			}
		}
		// Some changes do no harm, and most do.
		expect(loaded).toBeGreaterThan(ROUNDS / 200);
		expect(loaded).toBeLessThan(ROUNDS);
	});
});
