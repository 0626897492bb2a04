import { describe, expect, it } from 'vitest';
import { SMALL_CONFIG } from '../state/testing';
import { headInput } from '../stages/parts/head-input';
import { EVERY_KIND, madeUpRun } from '../stages/testing';
import { embeddingName, embeddingOf, tapsOf } from './vectors';

const tap = { name: 'norm', shape: [1, 2, 3], axes: [], data: Float32Array.of(1, 2, 3, 4, 5, 6) };

describe('embeddingOf', () => {
	it('takes the CLS token of the last norm, as a copy', () => {
		const row = embeddingOf(tap, SMALL_CONFIG);
		expect([...row]).toEqual([1, 2, 3]);
		expect(row.buffer).not.toBe(tap.data.buffer);
	});

	it.each(EVERY_KIND)('is what the head of %s reads', async (_, files) => {
		const { config, tap } = await madeUpRun(tapsOf, files);
		const [end] = tapsOf(config);
		expect([...embeddingOf(tap(end), config)]).toEqual([...headInput(tap, config)]);
		expect(embeddingName(config).includes('mean')).toBe(config.pooling !== 'cls');
	});
});
