import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { useNodeBackend } from '../backends/node';
import { toPatches } from './patches';

beforeAll(() => useNodeBackend('wasm'));

it('lays each patch out as (channel, row, column), patches row by row', () => {
	// Two channels of 4 x 6 pixels; a pixel's value says where it is: channel, row, column.
	const at = (c: number, row: number, column: number) => 100 * c + 10 * row + column;
	const pixels = [0, 1].flatMap((c) => [0, 1, 2, 3].flatMap((y) => [0, 1, 2, 3, 4, 5].map((x) => at(c, y, x))));
	const patches = tf.tidy(() => toPatches(tf.tensor4d(pixels, [1, 2, 4, 6]), 2).arraySync());
	expect(patches).toHaveLength(6);
	expect(patches[1]).toEqual([2, 3, 12, 13, 102, 103, 112, 113]);
	expect(patches[5]).toEqual([24, 25, 34, 35, 124, 125, 134, 135]);
});
