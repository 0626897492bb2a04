import { describe, expect, it } from 'vitest';
import type { WindowAttention } from '../../analysis/window-attention';
import type { ShownWindows } from '../../state/shown';
import { blockName, blocksBeside, patchInMiddle, tokenName } from './real';
import { stage } from './stage';

/** Three blocks in a first stage, and two in a second. */
const blocks = [
	[0, 0],
	[0, 1],
	[0, 2],
	[1, 0],
	[1, 1]
].map(([s, block]): ShownWindows => {
	const heads = { stage: s, block } as WindowAttention;
	return { heads, mean: heads };
});

describe('a Swin’s own blocks', () => {
	it('stand beside their partners, and alone where they have none', () => {
		expect([0, 1, 2, 3, 4, 5].map((i) => blocksBeside(blocks, i))).toEqual([[0, 1], [0, 1], [2], [3, 4], [3, 4], []]);
	});

	it('and their tokens are counted from 1', () => {
		expect(blockName(1, 0)).toBe('Stage 2, block 1');
		expect(tokenName(9, { rows: 3, columns: 4 })).toBe('row 3, column 2');
		expect(patchInMiddle({ rows: 4, columns: 6 })).toBe(15);
	});

	it('are drawn where windows and their shift are what is shown', () => {
		const draws = (view: string) => stage.drawsSwin?.(stage.parse({ view }));
		expect(['windows', 'shift', 'reach', 'merge', 'cost'].map(draws)).toEqual([true, true, false, false, false]);
		expect(stage.drawsSwin?.(stage.parse({ source: 'mechanism' }))).toBe(false);
	});
});
