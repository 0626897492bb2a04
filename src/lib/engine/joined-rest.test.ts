import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { useNodeBackend } from './backends/node';
import type { Edit } from './edits/edit';
import { Model, type CheckpointFiles } from './model';
import { pixelValues, timmCheckpoint } from './testing/checkpoint';
import { EVERY_KIND } from './testing/kinds';
import { swinCheckpoint, swinPixels } from './testing/swin-checkpoint';
import { variantCheckpoint, VARIANTS } from './testing/variants';
import { Trace } from './trace';

const KINDS: readonly (readonly [kind: string, files: CheckpointFiles, pixels: Float32Array])[] = [
	...EVERY_KIND.map(([kind, files]) => [kind, files, pixelValues()] as const),
	['a Swin', swinCheckpoint(), swinPixels()]
];

beforeAll(() => useNodeBackend('cpu'));
afterEach(() => vi.restoreAllMocks());

/** The names of the taps that a run asked for some of them made, and what it said of these. */
async function runAsked(
	model: Model,
	pixels: Float32Array,
	asked: (tap: string) => boolean,
	edits: readonly Edit[] = []
) {
	const tap = vi.spyOn(Trace.prototype, 'tap');
	const trace = await model.run(pixels, { taps: asked, edits });
	const made = tap.mock.calls.map(([name]) => name);
	const read = await trace.readAll(trace.names);
	trace.dispose();
	return { made, read };
}

const isBetween = (tap: string) => /\.(attn\.out|mlp\.pre_gelu|mlp\.out)$/.test(tap);

describe('a run without what lies between', () => {
	it.each(KINDS)('says of %s what the whole run says, to the last bit', async (_, files, pixels) => {
		const before = tf.memory().numTensors;
		const model = Model.load(files);
		const { read: whole } = await runAsked(model, pixels, () => true);
		const { read } = await runAsked(model, pixels, (tap) => !isBetween(tap));
		expect(read).toEqual(whole.filter(({ name }) => !isBetween(name)));
		model.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it.each([
		['a plain ViT', timmCheckpoint(), pixelValues()],
		['a Swin', swinCheckpoint(), swinPixels()]
	] as const)('does not make it, in %s', async (_, files, pixels) => {
		const model = Model.load(files);
		const { made } = await runAsked(model, pixels, (tap) => tap === 'logits');
		model.dispose();
		expect(made).toContain('logits');
		expect(made.filter(isBetween)).toEqual([]);
	});

	it.each(['attn.out', 'mlp.pre_gelu', 'mlp.out'])('makes %s where it is asked for or changed', async (tap) => {
		const model = Model.load(timmCheckpoint());
		const name = `blocks.0.${tap}`;
		const edits: Edit[] = [{ tap: name, tokens: [2], do: 'scale', by: 3 }];
		const { made, read: asked } = await runAsked(model, pixelValues(), (one) => one === 'logits' || one === name);
		expect(asked.map((one) => one.name).sort()).toEqual([name, 'logits'].sort());
		expect(made.filter(isBetween)).toContain(name);
		const { read: whole } = await runAsked(model, pixelValues(), () => true, edits);
		const { read } = await runAsked(model, pixelValues(), (one) => one === 'logits', edits);
		expect(read).toEqual(whole.filter((one) => one.name === 'logits'));
		expect(read[0]?.data).not.toEqual(asked.find((one) => one.name === 'logits')?.data);
		model.dispose();
	});

	it('makes all of it in a block with layer scale or a gate', async () => {
		for (const variant of VARIANTS.filter(({ name }) => /layer scale|gated/.test(name))) {
			const model = Model.load(variantCheckpoint(variant));
			const { made } = await runAsked(model, pixelValues(), (tap) => tap === 'logits');
			model.dispose();
			expect(made, variant.name).toContain('blocks.0.attn.out');
		}
		expect.hasAssertions();
	});
});
