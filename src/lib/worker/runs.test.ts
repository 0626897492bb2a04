import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { Model } from '../engine/model';
import type { Trace } from '../engine/trace';
import { pixelValues, timmCheckpoint } from '../engine/testing/checkpoint';
import type { RunInput } from './protocol';
import { Runs, type Recipe } from './runs';

const tensors = () => tf.memory().numTensors;

/** Changes the last block, and shares all that lies before with the run it starts from. */
const LATE: Edit = { tap: 'blocks.1.out', tokens: 2, do: 'zero' };

let model: Model;
/** Tensors of the model alone. */
let none: number;

beforeEach(async () => {
	await useNodeBackend('cpu');
	model = Model.load(timmCheckpoint());
	none = tensors();
});
afterEach(() => model.dispose());

const inputOf = (): RunInput => ({
	pixelValues: pixelValues(),
	imageSize: model.config.imageSize,
	crop: { x: 0, y: 0, width: 1, height: 1 },
	seen: { width: 1, height: 1, data: new Uint8ClampedArray(4) }
});

const recipe = (more: Partial<Recipe> = {}): Recipe & { model: never } => ({
	input: inputOf(),
	modelNumber: 1,
	edits: [],
	names: null,
	of: null,
	...more,
	model: undefined as never
});

const trace = (): Promise<Trace> => model.run(pixelValues());

/** Runs, and remembers it. */
const add = async (runs: Runs) => runs.add(recipe(), await trace());

/** Runs on what a run saw with its last block changed, and remembers that. */
async function addEdited(runs: Runs, of: { id: number; input: RunInput; trace: Trace | null }) {
	const edited = await model.run(pixelValues(), { edits: [LATE], ...(of.trace && { untouched: of.trace }) });
	return runs.add(recipe({ input: of.input, edits: [LATE], of: of.id }), edited);
}

/** Bytes of one run, and of an edited one beside it that starts from it. */
async function sizes(): Promise<{ one: number; edited: number }> {
	const runs = new Runs();
	const first = await add(runs);
	const one = runs.bytes;
	await addEdited(runs, first);
	const edited = runs.bytes - one;
	runs.dispose();
	return { one, edited };
}

describe('the record of runs', () => {
	it('counts them from 1, and gives each by its id', async () => {
		const runs = new Runs();
		const [first, second] = [await add(runs), await add(runs)];
		expect([first.id, second.id]).toEqual([1, 2]);
		expect(runs.get(1)).toBe(first);
		expect(runs.latest).toBe(first);
		runs.dispose();
	});

	it('says of one that is gone, and of one that never was, what to do', async () => {
		const runs = new Runs();
		const { id } = await add(runs);
		runs.forget(id);
		expect(() => runs.get(id)).toThrow('That run has been let go. Run the photo again.');
		expect(() => runs.get(9)).toThrow('There is no such run. Run a photo first.');
		expect(() => runs.forget(id)).not.toThrow();
	});

	it('holds the numbers that a trace keeps, and gives them back', async () => {
		const runs = new Runs();
		const before = tf.memory().numBytes;
		const { id, input } = await add(runs);
		// The photo's pixels are a tap as well as what the run is made from.
		expect(runs.bytes).toBe(tf.memory().numBytes - before + input.pixelValues.byteLength + 4);
		runs.forget(id);
		expect([runs.bytes, tensors()]).toEqual([0, none]);
	});

	it('counts once what a run shares with the one that it starts from', async () => {
		const runs = new Runs();
		const first = await add(runs);
		const own = runs.bytes;
		const { trace } = await addEdited(runs, first);
		const isNew = (name: string) => /^blocks\.1\.|^(norm|logits|probabilities)$/.test(name);
		const made = await Promise.all((trace?.names ?? []).filter(isNew).map((name) => trace?.read(name)));
		expect(runs.bytes - own).toBe(made.reduce((sum, tap) => sum + (tap?.data.byteLength ?? NaN), 0));
		expect(runs.bytes - own).toBeLessThan(0.6 * own);
		runs.dispose();
		expect(tensors()).toBe(none);
	});

	it('keeps what an edited run shares when the one that it starts from is forgotten first', async () => {
		const runs = new Runs();
		const first = await add(runs);
		const edited = await addEdited(runs, first);
		const [shared] = [await edited.trace?.read('blocks.0.attn.pattern')];
		runs.forget(first.id);
		expect(await edited.trace?.read('blocks.0.attn.pattern')).toEqual(shared);
		const { one } = await sizes();
		expect(runs.bytes).toBeLessThanOrEqual(one);
		runs.forget(edited.id);
		expect(tensors()).toBe(none);
	});

	it('forgets the one that was asked for longest ago when all hold more than the budget', async () => {
		const { one } = await sizes();
		const runs = new Runs(3 * one);
		for (let i = 0; i < 3; i++) await add(runs);
		const held = tensors();
		runs.get(1);
		await add(runs);
		expect(runs.ids).toEqual([3, 1, 4]);
		await add(runs);
		expect(runs.ids).toEqual([1, 4, 5]);
		expect(tensors()).toBe(held);
		expect(runs.bytes).toBeLessThanOrEqual(3 * one);
		runs.dispose();
		expect(tensors()).toBe(none);
	});

	it('never forgets the run that came, nor the one that it starts from, to make room for it', async () => {
		const runs = new Runs(1);
		const first = await add(runs);
		expect(runs.ids).toEqual([1]);
		const edited = await addEdited(runs, first);
		expect(runs.ids).toEqual([1, 2]);
		expect(await edited.trace?.read('logits')).toBeDefined();
		await add(runs);
		expect(runs.ids).toEqual([3]);
		runs.dispose();
		expect(tensors()).toBe(none);
	});

	it('has room for an edited run beside where a second one of its own would have none', async () => {
		const { one, edited } = await sizes();
		const runs = new Runs(2 * one + edited);
		const [other, first] = [await add(runs), await add(runs)];
		await addEdited(runs, first);
		expect(runs.ids).toEqual([other.id, first.id, 3]);
		runs.dispose();
	});

	it('keeps what runs are made from when a backend goes, of the model that stays', async () => {
		const runs = new Runs();
		const old = runs.add(recipe({ modelNumber: 1 }), await trace());
		const { id, input } = runs.add(recipe({ modelNumber: 2 }), await trace());
		runs.leave(2);
		expect(tensors()).toBe(none);
		expect(runs.find(old.id)).toBeNull();
		expect(runs.get(id)).toMatchObject({ input, trace: null });
		expect(runs.bytes).toBe(input.pixelValues.byteLength + 4);
		runs.renew(runs.get(id), await trace());
		expect(runs.get(id).trace?.names).toContain('logits');
		runs.dispose();
		expect(tensors()).toBe(none);
	});
});
