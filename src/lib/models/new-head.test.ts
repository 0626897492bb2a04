import { beforeAll, describe, expect, it } from 'vitest';
import { pictureVector, pictureVectorTap } from '../analysis/picture-vector';
import { useNodeBackend } from '../engine/backends/node';
import { inputShape } from '../engine/config';
import { Model, type CheckpointFiles } from '../engine/model';
import { random, timmCheckpoint } from '../engine/testing/checkpoint';
import { mobileNetCheckpoint, resNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { EVERY_KIND } from '../engine/testing/kinds';
import { swinCheckpoint } from '../engine/testing/swin-checkpoint';
import { CLIP_VARIANT, clipModel } from '../engine/testing/towers';
import { variantCheckpoint } from '../engine/testing/variants';
import { describeFiles } from './describe';
import { withHead } from './new-head';
import { madeUpHead, modelOf, plainLogits, textIn } from './testing';
import { heldWeights } from './weights';

/** timm's CLIP as it was trained: what it calls its head makes the vector that pictures share with captions. */
function projecting(): CheckpointFiles {
	const files = variantCheckpoint(CLIP_VARIANT);
	const config = files.config as { pretrained_cfg: object };
	return { ...files, config: { ...config, pretrained_cfg: { ...config.pretrained_cfg, tag: 'openai' } } };
}

const KINDS = [
	...EVERY_KIND,
	['a CLIP that projects', projecting()],
	['a Swin', swinCheckpoint()],
	['a ResNet', resNetCheckpoint()],
	['a MobileNetV2', mobileNetCheckpoint()]
] as const;

const pixelsFor = (model: Model) => {
	const next = random(11);
	return Float32Array.from({ length: inputShape(model.config).reduce((a, b) => a * b, 1) }, next);
};

const headed = ({ weights, ...files }: CheckpointFiles, width: number) =>
	withHead({ ...files, weights: heldWeights([weights]) }, madeUpHead(width));

describe('a model with a head of the reader’s own', () => {
	beforeAll(() => useNodeBackend('cpu'));

	it.each(KINDS)('%s: gives what a plain product of its picture’s vector and the head gives', async (_, files) => {
		const model = Model.load(files);
		const pixels = pixelsFor(model);
		const run = await model.run(pixels);
		const vector = pictureVector(await run.read(pictureVectorTap(model.config)), model.config);
		const next = await modelOf((await headed(files, vector.length)).files);
		const again = await next.run(pixels);
		const { data } = await again.read('logits');
		expect(data).toHaveLength(3);
		plainLogits(madeUpHead(vector.length), vector).forEach((plain, k) => {
			expect(Math.abs((data[k] ?? NaN) - plain)).toBeLessThan(1e-4 * Math.max(1, Math.abs(plain)));
		});
		for (const owner of [run, again, model, next]) owner.dispose();
	});

	it('is described by its own files, its classes among them', async () => {
		const { files, library } = await headed(timmCheckpoint(), 15);
		const { labels } = madeUpHead(15);
		expect(library).toBe('timm');
		const { config } = await describeFiles(files);
		expect(config).toMatchObject({ classes: 3, scores: 'softmax' });
		expect(JSON.parse(await textIn(files, 'config.json'))).toMatchObject({
			architecture: 'vit_made_up',
			num_classes: 3,
			label_names: labels,
			pretrained_cfg: { num_classes: 3, label_names: labels, mean: [0.5, 0.5, 0.5] }
		});
	});

	it('is refused where transformers has no classifier that reads the same', async () => {
		await expect(headed(clipModel(), 9)).rejects.toThrow(/^transformers has no classifier for the architecture 'clip'/);
	});
});
