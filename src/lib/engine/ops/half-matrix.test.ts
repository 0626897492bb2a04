import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { halfToFloat } from '../checkpoint/half';
import { hasOwnKernel } from './dispatch';
import { widenTransposed } from './half-matrix';
import { buildsUnderTest } from './wasm/testing';
import { registerWasmKernels, unregisterWasmKernels } from './wasm/register';

afterAll(unregisterWasmKernels);

/** Column by column, by the definition of a float16. */
const plain = (halves: Uint16Array, columns: number): number[] =>
	Array.from({ length: columns }, (_, column) =>
		Array.from(
			halves.filter((_, at) => at % columns === column),
			halfToFloat
		)
	).flat();

/** As many halves as asked for, of all kinds; `skip` of them lie before the first. */
const some = (length: number, skip = 0): Uint16Array =>
	Uint16Array.from({ length: length + skip }, (_, i) => (i * 40503) % 0x10000).subarray(skip);

async function widened(halves: Uint16Array, rows: number, columns: number): Promise<number[]> {
	const before = tf.memory().numTensors;
	const tensor = widenTransposed(halves, rows, columns);
	expect(tensor.shape).toEqual([columns, rows]);
	const values = Array.from(await tensor.data<'float32'>());
	tensor.dispose();
	expect(tf.memory().numTensors).toBe(before);
	return values;
}

describe.each(buildsUnderTest())('float16 made float32 on its side by $build', ({ build, runs }) => {
	it.skipIf(!runs)('is exact for each of them', async () => {
		await useNodeBackend('wasm');
		await registerWasmKernels(build);
		expect(hasOwnKernel('widenTransposed')).toBe(true);
		const all = Uint16Array.from({ length: 0x10000 }, (_, half) => half);
		expect(await widened(all, 256, 256)).toEqual(plain(all, 256));
	});

	it.skipIf(!runs).each([
		[1, 1, 0],
		[3, 5, 0],
		[4, 8, 1],
		[9, 21, 2],
		[17, 16, 3]
	])('is exact for %i rows of %i, %i numbers into the file', async (rows, columns, skip) => {
		await useNodeBackend('wasm');
		await registerWasmKernels(build);
		const halves = some(rows * columns, skip);
		expect(await widened(halves, rows, columns)).toEqual(plain(halves, columns));
	});
});

it('is the same where the backend has no kernel for it', async () => {
	await useNodeBackend('cpu');
	const halves = some(15 * 33);
	expect(await widened(halves, 15, 33)).toEqual(plain(halves, 33));
});
