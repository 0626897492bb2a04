import { beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { lastMap } from '../engine/conv/config';
import type { Edit } from '../engine/edits/edit';
import { Model } from '../engine/model';
import { asConv, convPixels, mobileNetCheckpoint, resNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { classActivation } from './class-activation';

beforeAll(() => useNodeBackend('cpu'));

const CLASS = 3;

async function mapOf(model: Model, edits: readonly Edit[] = []) {
	const trace = await model.run(convPixels(), { edits });
	const { name } = lastMap(asConv(model.config));
	const [map, logits] = [await trace.read(name), await trace.read('logits')];
	const gradients = await model.gradients(trace, { classIndex: CLASS, names: [name] });
	const found = classActivation(map, await gradients.read(name));
	const read = (tap: string) => model.read(trace, tap);
	const [weight, bias] = [await read('parameters.classifier.weight'), await read('parameters.classifier.bias')];
	for (const owner of [gradients, trace]) owner.dispose();
	return { found, map, logit: logits.data[CLASS] ?? NaN, weight, bias: bias.data[CLASS] ?? NaN };
}

describe.each([
	['a ResNet', resNetCheckpoint()],
	['a MobileNetV2', mobileNetCheckpoint()]
])('the class activation map of %s', (_, files) => {
	it('is the last map, each channel by its weight for the class', async () => {
		const model = Model.load(files);
		const { found, map, weight } = await mapOf(model);
		const [, places = 0, channels = 0] = map.shape;
		const [, classes = 0] = weight.shape;
		for (let place = 0; place < places; place++) {
			let expected = 0;
			for (let channel = 0; channel < channels; channel++)
				expected += (map.data[place * channels + channel] ?? 0) * (weight.data[channel * classes + CLASS] ?? 0);
			expect(found[place]).toBeCloseTo(expected / places, 5);
		}
		model.dispose();
	});

	it('adds up to the logit without its bias, and under a change of the head, too', async () => {
		const model = Model.load(files);
		for (const edits of [[], [{ tap: 'parameters.classifier.weight', do: 'scale', by: 3 } as const]]) {
			const { found, logit, bias } = await mapOf(model, edits);
			expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(logit - bias, 4);
		}
		model.dispose();
	});
});
