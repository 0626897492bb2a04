import { describe, expect, it } from 'vitest';
import { PLAIN_VIT } from '../../engine/vit/config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { poolingOf, POOLING, rowsOf } from './pooling';

const config = { ...SMALL_CONFIG, ...PLAIN_VIT, cls: false, pooling: 'map' } as const;
const AXES = ['batch', 'head', 'learned query', 'key'];

describe('the pattern of a learned query', () => {
	it('is every token’s row', () => {
		const data = Float32Array.from({ length: 12 }, (_, i) => i / 100);
		const pooling = poolingOf({ name: POOLING, shape: [1, 2, 1, 6], axes: AXES, data }, config);
		expect(pooling).toMatchObject({ heads: 2, tokens: 6, prefix: 0, rows: 2, columns: 3 });
		for (let query = 0; query < 6; query++)
			expect(pooling.data.subarray((6 + query) * 6, (7 + query) * 6)).toEqual(data.subarray(6));
		expect(rowsOf(pooling)).toEqual(data);
	});

	it('has nothing for tokens that were taken out', () => {
		const data = Float32Array.from([0.25, 0.75, 0.5, 0.5]);
		const tap = { name: POOLING, shape: [1, 2, 1, 2], axes: AXES, data, tokens: [1, 4] };
		expect([...rowsOf(poolingOf(tap, config))]).toEqual([0, 0.25, 0, 0, 0.75, 0, 0, 0.5, 0, 0, 0.5, 0]);
	});
});
