import { describe, expect, it } from 'vitest';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { reachThrough } from './reach';

const stage = (depth: number, window: number) => ({ depth, dim: 4, heads: 1, window, mlpDim: 8 });

/** How many patches were heard from after 0, 1, 2 ... blocks. */
const counts = (reach: Float32Array, blocks: number) =>
	Array.from({ length: blocks + 1 }, (_, n) => reach.filter((after) => after <= n).length);

describe('how far a patch of a Swin hears', () => {
	it('is its window, then what the shifted windows have brought, as on a plain grid', () => {
		const config = swinConfigWith({ imageSize: [8, 8], patchSize: 1, stages: [stage(2, 4)] });
		// The third row and column lie in the shifted window in the middle, which four windows meet in.
		const reach = reachThrough(config, 2 * 8 + 2);
		expect(counts(reach, 2)).toEqual([1, 16, 64]);
		expect(reach[2 * 8 + 2]).toBe(0);
		// At the corner the mask keeps what the roll has brought away.
		expect(counts(reachThrough(config, 0), 2)).toEqual([1, 16, 16]);
	});

	it('grows with merging too: a token brings what all of its patches have heard', () => {
		const config = swinConfigWith({ imageSize: [8, 8], patchSize: 1, stages: [stage(1, 2), stage(1, 2)] });
		expect(counts(reachThrough(config, 0), 2)).toEqual([1, 4, 16]);
	});

	it('goes on to the edge of maps that are neither square nor even, and leaves padding out', () => {
		const config = swinConfigWith({ imageSize: [3, 7], patchSize: 1, stages: [stage(1, 2), stage(1, 3)] });
		const reach = reachThrough(config, 20);
		expect(reach).toHaveLength(21);
		expect(counts(reach, 2)).toEqual([1, 1, 9]);
		expect([reach[18], reach[17]]).toEqual([2, Infinity]);
	});
});
