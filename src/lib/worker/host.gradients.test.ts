import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../engine/backends/node';
import type { Edit } from '../engine/edits/edit';
import { SIZES } from '../engine/testing/checkpoint';
import type { Progress } from '../base/progress';
import { gradients, photo, quiet, read, ready, run, runOf, source } from './testing';

const tensors = () => tf.memory().numTensors;

beforeEach(() => useNodeBackend('cpu'));

describe('the gradients of a run', () => {
	it('come in the order of the names, shaped as their taps, and leave nothing behind', async () => {
		const { host } = await ready();
		const { run: id } = await run(host);
		const before = tensors();
		const names = ['pixel_values', 'blocks.1.attn.pattern', 'blocks.0.key'];
		const [found, taps] = [await gradients(host, id, names), await read(host, id, names)];
		expect(found.map(({ name, shape, axes }) => ({ name, shape, axes }))).toEqual(
			taps.map(({ name, shape, axes }) => ({ name, shape, axes }))
		);
		for (const { data } of found) expect(data.some((value) => value !== 0)).toBe(true);
		expect(tensors()).toBe(before);
	});

	it('are of the edited run where that is named, and of the size of its input', async () => {
		const { host } = await ready();
		const cat = await run(host);
		const edit: Edit = { tap: 'parameters.blocks.1.proj.weight', do: 'scale', by: 2 };
		const edited = await runOf(host, cat.run, { edits: [edit] });
		const larger = await host.serve('run', { photo: photo(), crop: null, imageSize: [115, 120] }, quiet());
		const of = async (id: number) => (await gradients(host, id, ['blocks.1.attn.head_out']))[0];
		const [plain, doubled, wide] = [await of(cat.run), await of(edited.run), await of(larger.run)];
		expect(doubled?.data).not.toEqual(plain?.data);
		expect(wide?.shape).toEqual([1, SIZES.heads, 1 + 23 * 24, SIZES.dim / SIZES.heads]);
	});

	it('tell of each block, and stop where they are given up', async () => {
		const { host } = await ready();
		const { run: id } = await run(host);
		const before = tensors();
		const told: Progress[] = [];
		const controller = new AbortController();
		const context = (stopAt: number) => ({
			...quiet(controller.signal),
			onProgress: (progress: Progress) => {
				told.push(progress);
				if (progress.loaded === stopAt) controller.abort();
			}
		});
		await gradients(host, id, ['pixel_values'], context(-1));
		expect(told).toEqual([1, 2].map((loaded) => ({ loaded, total: SIZES.depth })));
		await expect(gradients(host, id, ['pixel_values'], context(1))).rejects.toMatchObject({ code: 'cancelled' });
		expect(told).toHaveLength(3);
		expect(tensors()).toBe(before);
	});

	it('are refused with a sentence for a run that kept few taps, and for one whose model has gone', async () => {
		const { host } = await ready();
		const { run: id } = await run(host);
		const little = await runOf(host, id, { names: ['blocks.1.attn.pattern'] });
		await expect(gradients(host, little.run, ['blocks.1.attn.pattern'])).rejects.toThrow(
			'did not keep "blocks.1.out", which its gradients need'
		);
		await host.serve('load', { source: source('b') }, quiet());
		await expect(gradients(host, id, ['pixel_values'])).rejects.toThrow('has made room for another');
	});

	it('come from the run made again where its backend went', async () => {
		const { host, lose } = await ready('webgl');
		const { run: id } = await run(host);
		const expected = await gradients(host, id, ['blocks.0.attn.pattern']);
		lose('away');
		expect(await gradients(host, id, ['blocks.0.attn.pattern'])).toEqual(expected);
	});
});
