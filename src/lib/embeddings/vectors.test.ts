import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../state/testing';
import { embeddingOf } from './vectors';

const tap = { name: 'norm', shape: [1, 2, 3], axes: [], data: Float32Array.of(1, 2, 3, 4, 5, 6) };

describe('embeddingOf', () => {
	it('takes the CLS token of the last norm, as a copy', () => {
		const row = embeddingOf(tap, SMALL_CONFIG);
		expect([...row]).toEqual([1, 2, 3]);
		expect(row.buffer).not.toBe(tap.data.buffer);
	});
});
