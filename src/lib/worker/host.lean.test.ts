import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { tapSpecs } from '../engine/families';
import { timmCheckpoint } from '../engine/testing/checkpoint';
import { RELEVANCE } from '../engine/relevance';
import type { EngineHost } from './host';
import { forget, gradients, modelFiles, photo, quiet, read, ready, run, runOf, source } from './testing';

/** Bytes: too few for what a run of the made-up model makes, and enough for what several of them keep. */
const LITTLE = 200_000;

const tensors = () => tf.memory().numTensors;
const LATE: Edit = { tap: 'blocks.1.attn.pattern', head: 1, do: 'zero' };

/** An engine that keeps little beside one that keeps all, with a run on the same photo in each. */
async function both() {
	const [lean, whole] = [await ready('webgl', LITTLE), await ready('webgl')];
	const [few, all] = [await run(lean.host), await run(whole.host)];
	const names = tapSpecs(few.model.config).map(({ name }) => name);
	return { lean, whole, few: few.run, all: all.run, names };
}

const atSize = (host: EngineHost, imageSize: readonly [height: number, width: number]) =>
	host.serve('run', { photo: photo(), crop: null, imageSize }, quiet());

beforeEach(() => useNodeBackend('cpu'));

describe('an engine with little room', () => {
	it('answers as one that keeps all does', async () => {
		const { lean, whole, few, all, names } = await both();
		expect(await read(lean.host, few, names)).toEqual(await read(whole.host, all, names));
		const mixed = ['blocks.1.query', 'parameters.blocks.0.norm1.weight', 'blocks.0.norm2', 'blocks.1.query'];
		expect(await read(lean.host, few, mixed)).toEqual(await read(whole.host, all, mixed));
		const [edited, other] = [
			await runOf(lean.host, few, { edits: [LATE] }),
			await runOf(whole.host, all, { edits: [LATE] })
		];
		expect(await read(lean.host, edited.run, names)).toEqual(await read(whole.host, other.run, names));
		expect(await gradients(lean.host, few, ['pixel_values'])).toEqual(
			await gradients(whole.host, all, ['pixel_values'])
		);
	});

	it('follows a class back through every pattern as one that keeps all does, block by block', async () => {
		const { lean, whole, few, all } = await both();
		const [[own], [meant]] = [
			await gradients(lean.host, few, [RELEVANCE]),
			await gradients(whole.host, all, [RELEVANCE])
		];
		expect(own).toEqual(meant);
		expect(own?.shape).toEqual([1, 17]);
		const [stop, told] = [new AbortController(), [] as unknown[]];
		const before = tensors();
		const context = { ...quiet(stop.signal), onProgress: (at: unknown) => (told.push(at), stop.abort()) };
		await expect(gradients(lean.host, few, [RELEVANCE], context)).rejects.toMatchObject({ code: 'cancelled' });
		expect(told).toEqual([{ loaded: 1, total: 2 }]);
		expect(tensors()).toBeLessThanOrEqual(before);
	});

	it('holds less, and gives all of it back', async () => {
		const { host } = await ready(null, LITTLE);
		const none = tensors();
		const { run: id } = await run(host);
		const kept = tensors() - none;
		await read(host, id, ['blocks.0.norm1']);
		const whole = await ready();
		const before = tensors();
		await run(whole.host);
		expect(kept).toBeLessThan((tensors() - before) / 2);
		const held = tensors();
		await forget(host, id);
		expect(held - tensors()).toBeGreaterThan(kept);
	});

	it('computes nothing for what was read already: only the page moves with the pointer', async () => {
		const { lean, few } = await both();
		const names = ['blocks.0.attn.pattern', 'blocks.0.query', 'embeddings'];
		await read(lean.host, few, names);
		const kernels = vi.spyOn(tf.engine(), 'runKernel');
		await read(lean.host, few, names);
		expect(kernels).not.toHaveBeenCalled();
		await read(lean.host, few, ['blocks.1.query']);
		expect(kernels).toHaveBeenCalled();
		kernels.mockRestore();
	});

	it('tells of the blocks that it computes again, and stops between two', async () => {
		const { lean, few } = await both();
		const names = ['blocks.0.norm1', 'blocks.0.query', 'blocks.1.norm1'];
		const stop = new AbortController();
		const told: unknown[] = [];
		const context = { ...quiet(stop.signal), onProgress: (progress: unknown) => told.push(progress) };
		await lean.host.serve('read', { run: few, names }, context);
		expect(told).toEqual([0, 1].map((loaded) => ({ loaded, total: 2 })));
		stop.abort();
		await expect(lean.host.serve('read', { run: few, names }, context)).rejects.toMatchObject({ code: 'cancelled' });
		expect(await read(lean.host, few, names)).toHaveLength(3);
	});

	it('lets go of what another run has at hand before it computes, where there is no room for both', async () => {
		const { host } = await ready(null, LITTLE / 4);
		const [one, other] = [await run(host), await run(host)];
		const none = tensors();
		await read(host, one.run, ['blocks.0.norm1']);
		const held = tensors();
		await read(host, other.run, ['blocks.0.norm1']);
		expect([held > none, tensors()]).toEqual([true, held]);
	});

	it('reads a run of another size of input than the last one’s', async () => {
		const { host } = await ready(null, 8 * LITTLE);
		const small = await run(host);
		// Wider only: every token more takes its time.
		const large = await atSize(host, [small.model.config.imageSize[0], 115]);
		const first = await read(host, small.run, ['blocks.0.attn.scores']);
		const second = await read(host, large.run, ['blocks.0.attn.scores']);
		await run(host);
		expect(await read(host, large.run, ['blocks.1.norm1', 'blocks.0.attn.scores'])).toMatchObject([{}, ...second]);
		expect(await read(host, small.run, ['blocks.0.attn.scores'])).toEqual(first);
	});

	it('reads it again on the next backend when a GPU is lost', async () => {
		const { lean, few } = await both();
		const names = ['blocks.0.attn.scores', 'blocks.1.norm1'];
		const before = await read(lean.host, few, names);
		lean.lose('the driver crashed');
		expect(await read(lean.host, few, names)).toEqual(before);
	});

	it('says so where the model of a run is gone, and still has what that run kept', async () => {
		const { lean, few } = await both();
		lean.files.set('b', async () => modelFiles(timmCheckpoint()));
		await lean.host.serve('load', { source: source('b') }, quiet());
		expect(await read(lean.host, few, ['logits', 'blocks.0.out'])).toHaveLength(2);
		await expect(read(lean.host, few, ['blocks.0.norm1'])).rejects.toThrow(/^The model of that run has made room/);
	});
});
