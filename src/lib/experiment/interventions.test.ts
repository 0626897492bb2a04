import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import { inputShape, patchGrid } from '../engine/config';
import type { Edit } from '../engine/edits/edit';
import { parseEdits } from '../engine/edits/parse';
import { anatomyOf, groupsOf, pictureOf } from '../engine/families';
import { Model } from '../engine/model';
import { random, timmCheckpoint } from '../engine/testing/checkpoint';
import { mobileNetCheckpoint } from '../engine/testing/conv-checkpoint';
import { headlessCheckpoint } from '../engine/testing/kinds';
import { SWIN_SIZES, timmSwinCheckpoint } from '../engine/testing/swin-checkpoint';
import { VARIANTS, variantCheckpoint } from '../engine/testing/variants';
import type { Trace } from '../engine/trace';
import { brushGrid } from '../tools/brush';
import { HIDINGS, hidingEdit, refusalOf } from '../tools/hiding';
import { sampleRun } from '../tools/photo-runs';
import { answerTap } from '../worker/answer';
import { INTERVENTIONS, type About, type Choice } from './interventions';
import { sweepsOf } from './sweeps';

/** What a model's scores mean changes nothing here. */
const KINDS = [
	['a plain ViT', timmCheckpoint()] as const,
	['a model without a head', headlessCheckpoint()] as const,
	...VARIANTS.map((variant) => [`a model with ${variant.name}`, variantCheckpoint(variant)] as const),
	['a Swin', timmSwinCheckpoint({ ...SWIN_SIZES, image: [24, 36] })] as const,
	['a Swin whose last patches reach beyond the photo', timmSwinCheckpoint(SWIN_SIZES)] as const,
	['a CNN', mobileNetCheckpoint({}, [64, 96])] as const,
	['a CNN whose last squares reach beyond the photo', mobileNetCheckpoint()] as const
];
const OTHERS = ['owl', 'dog'];

describe.each(KINDS)('%s', (_, files) => {
	let model: Model;
	let about: About;
	let pixels: Float32Array;
	let runs: Map<string, Trace>;
	let before: Float32Array;
	let held = 0;

	beforeAll(async () => {
		await useNodeBackend('cpu');
		model = Model.load(files);
		const { config } = model;
		const anatomy = anatomyOf(config);
		about = {
			anatomy,
			groups: groupsOf(config),
			picture: pictureOf(config),
			grid: brushGrid(patchGrid(config), anatomy.prefix.length),
			samples: OTHERS
		};
		const drawn = (seed: number) => {
			const next = random(seed);
			return Float32Array.from({ length: tf.util.sizeFromShape(inputShape(config)) }, () => 2 * next() - 1);
		};
		pixels = drawn(1);
		runs = new Map();
		for (const [i, id] of OTHERS.entries()) runs.set(sampleRun(id), await model.run(drawn(2 + i)));
		before = await after([]);
		held = tf.memory().numTensors;
	});

	afterAll(() => {
		for (const trace of runs.values()) trace.dispose();
		model.dispose();
	});

	/** What the model says after edits, which a link may carry. */
	async function after(edits: readonly Edit[]): Promise<Float32Array> {
		const tap = answerTap(model.config) === 'probabilities' ? 'logits' : answerTap(model.config);
		const trace = await model.run(pixels, { edits: parseEdits(JSON.parse(JSON.stringify(edits))), runs });
		const { data } = await trace.read(tap);
		trace.dispose();
		return data;
	}

	const choice = (): Choice => ({
		...{ block: 0, head: 0, token: about.anatomy.prefix.length + 2, from: about.anatomy.prefix.length },
		...{ sample: 'owl', temperature: 4, seed: 3 }
	});

	it.each(INTERVENTIONS.map((one) => [one.title, one] as const))('%s: is done, or not offered', async (_, one) => {
		if (one.refusal?.(about)) return expect(one.refusal(about)).toMatch(/\.$/);
		const choices = [choice(), ...(one.everywhere ? [{ ...choice(), block: 'every' as const }] : [])];
		for (const each of [...choices, { ...choice(), head: 'every' as const }]) {
			expect(one.idle?.(each) ?? null).toBeNull();
			const said = await after(one.edits(each, about));
			expect(said.every(Number.isFinite)).toBe(true);
			expect([...said]).not.toEqual([...before]);
		}
		expect(tf.memory().numTensors).toBe(held);
	});

	it.each(HIDINGS)('hides by %s, or cannot', async (hiding) => {
		const edit = hidingEdit({ hiding, squares: new Set([1, 2]), run: sampleRun('owl') }, about.grid);
		const said = after(edit ? [edit] : []);
		if (refusalOf(hiding, about.anatomy)) return expect(said).rejects.toThrow('cannot be carried out');
		expect([...(await said)]).not.toEqual([...before]);
		expect(tf.memory().numTensors).toBe(held);
	});

	it('has sweeps whose every edit can be carried out', async () => {
		const sweeps = sweepsOf(about, { hiding: 'grey', squares: new Set(), run: null });
		const hides = refusalOf('grey', about.anatomy) === null;
		const heads = about.groups.reduce((sum, group) => sum + group.blocks * group.heads, 0);
		expect(sweeps.map(({ id }) => id)).toEqual([
			...(hides ? ['squares'] : []),
			...(heads > 0 ? ['heads-zero', 'heads-uniform'] : []),
			'blocks'
		]);
		for (const { rows, columns, edits } of sweeps) {
			expect(edits).toHaveLength(rows * columns);
			for (const edit of edits) if (edit) expect((await after([edit])).every(Number.isFinite)).toBe(true);
		}
		const ofHeads = sweeps.find(({ id }) => id === 'heads-zero')?.edits ?? [];
		expect(ofHeads.filter((edit) => edit !== null)).toHaveLength(heads);
	});
});
