import '@tensorflow/tfjs-backend-cpu';
import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tokenOfPatch } from '../../analysis/window-places';
import { stageMap } from '../../engine/swin/config';
import { joinFours } from '../../engine/ops/windows';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { joinedTokens, mergeOf } from './merged';

const stage = (depth: number, dim: number) => ({ depth, dim, heads: 1, window: 2, mlpDim: 8 });
/** Maps of 5 x 7, 3 x 4 and 2 x 2. */
const config = swinConfigWith({ imageSize: [10, 14], patchSize: 2, stages: [stage(1, 4), stage(3, 8), stage(2, 12)] });

describe('a merging of a Swin', () => {
	it('lies between two stages, and its sizes are those of the config', () => {
		expect(mergeOf(config, 1)).toEqual({
			from: 0,
			dim: 4,
			next: 8,
			taps: ['stages.0.blocks.0.out', 'stages.0.merge']
		});
		expect(mergeOf(config, 2)).toEqual({
			from: 1,
			dim: 8,
			next: 12,
			taps: ['stages.1.blocks.2.out', 'stages.1.merge']
		});
	});

	it('is the nearest that there is, and none in a Swin of one stage', () => {
		expect([mergeOf(config, 0)?.from, mergeOf(config, 9)?.from]).toEqual([0, 1]);
		expect(mergeOf({ ...config, stages: [stage(2, 4)] }, 1)).toBeNull();
	});

	it('joins the tokens that the engine joins, in its order, with padding at odd sides', () => {
		const merge = mergeOf(config, 1);
		if (!merge) throw new Error('two stages have a merging between them');
		const map = stageMap(config);
		// Each token is its own number, from 1; padding is 0.
		const numbers = Array.from({ length: map.rows * map.columns }, (_, token) => [token + 1]);
		const joined = joinFours(tensor2d(numbers), map).arraySync();
		const ours = joined.map((_, token) => joinedTokens(config, merge, token).map((of) => (of === null ? 0 : of + 1)));
		expect(ours).toEqual(joined);
		expect(joinedTokens(config, merge, tokenOfPatch(config, 1, 34))).toEqual([34, null, null, null]);
	});
});
