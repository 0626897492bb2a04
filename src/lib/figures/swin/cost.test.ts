import { describe, expect, it } from 'vitest';
import { globalAttentionCost, windowAttentionCost } from '../../analysis/cost';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { costAt, stageCosts } from './cost';

const stage = (depth: number, dim: number) => ({ depth, dim, heads: 1, window: 4, mlpDim: 8 });
const config = swinConfigWith({ imageSize: [16, 24], patchSize: 2, stages: [stage(2, 4), stage(3, 8)] });

describe('what attention takes in a Swin', () => {
	it('is the paper’s, summed over the blocks of each stage', () => {
		const [first, second] = stageCosts(config);
		expect(first).toEqual({
			rows: 8,
			columns: 12,
			dim: 4,
			blocks: 2,
			everywhere: 2 * globalAttentionCost(96, 4),
			inWindows: 2 * windowAttentionCost(96, 4, 4)
		});
		// 4 x 6 tokens are filled up to 4 x 8.
		expect(second?.inWindows).toBe(3 * windowAttentionCost(32, 8, 4));
		expect(second?.everywhere).toBe(3 * globalAttentionCost(24, 8));
	});

	it('grows with the image as its maps do', () => {
		const [first, second] = stageCosts({ ...config, imageSize: [32, 48] });
		expect(costAt(config, 2)).toEqual({
			everywhere: (first?.everywhere ?? 0) + (second?.everywhere ?? 0),
			inWindows: (first?.inWindows ?? 0) + (second?.inWindows ?? 0)
		});
	});
});
