import { describe, expect, it } from 'vitest';
import { tokenCount, tokenGrid } from '../../engine/vit/config';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { SMALL_CONFIG } from '../../engine/testing/small';
import { patchOfToken, tokenOfPatch } from '../../analysis/window-places';
import { blockTokens } from './block-tokens';

describe('the tokens of a block', () => {
	const stage = { depth: 2, dim: 4, heads: 1, window: 2, mlpDim: 8 };
	/** Maps of 5 x 7 and 3 x 4 tokens. */
	const swin = swinConfigWith({ imageSize: [20, 28], patchSize: 4, stages: [stage, stage] });

	it('of a ViT are those of the whole model', () => {
		const { grid, token, choiceOf } = blockTokens(SMALL_CONFIG, 1, 0);
		expect(grid).toEqual(tokenGrid(SMALL_CONFIG));
		expect([token, choiceOf(3)]).toEqual([0, 3]);
		expect(blockTokens(SMALL_CONFIG, 0, 99).token).toBe(tokenCount(SMALL_CONFIG) - 1);
	});

	it('of a Swin are the map of its stage, where the patch has become a token', () => {
		expect(blockTokens(swin, 0, 'centre')).toMatchObject({ grid: { rows: 5, columns: 7, prefix: [] }, token: 17 });
		// Row 2, column 3 of 5 x 7 is row 1, column 1 of 3 x 4.
		expect(blockTokens(swin, 2, 'centre')).toMatchObject({ grid: { rows: 3, columns: 4, prefix: [] }, token: 5 });
		expect(blockTokens(swin, 99, 1).token).toBe(0);
	});

	it('of a Swin are where the engine’s own stages have them, for every patch', () => {
		for (const [block, stage] of [0, 0, 1, 1].entries()) {
			for (let patch = 0; patch < 5 * 7; patch++) {
				const { token, choiceOf, grid } = blockTokens(swin, block, patch + 1);
				expect(token).toBe(tokenOfPatch(swin, stage, patch));
				const picked = Array.from({ length: grid.rows * grid.columns }, (_, of) => choiceOf(of) - 1);
				expect(picked).toEqual(picked.map((_, of) => patchOfToken(swin, stage, of, patch)));
			}
		}
	});

	it('of a Swin are picked by a patch, which stays the same if it is a part of the token', () => {
		const { token, choiceOf } = blockTokens(swin, 2, 18);
		expect(choiceOf(token)).toBe(18);
		expect(blockTokens(swin, 2, choiceOf(11)).token).toBe(11);
	});
});
