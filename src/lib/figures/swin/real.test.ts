import { describe, expect, it } from 'vitest';
import type { WindowAttention } from '../../analysis/window-attention';
import { swinConfigWith } from '../../engine/testing/swin-config';
import type { ShownWindows } from '../../views/windows/patterns';
import { blockName, blocksBeside, pairSentence, tokenName } from './real';
import { readOf } from '../kit/ways';
import { figure } from './figure';

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
	});

	it('are told of as they are: with their partner, shifted or not, or alone', () => {
		expect(pairSentence(2, true)).toContain('and in the next, whose windows are shifted');
		expect(pairSentence(2, false)).toContain('nothing is shifted');
		expect(pairSentence(1, false)).toContain('has no block after it');
	});

	const config = swinConfigWith({
		imageSize: [8, 8],
		patchSize: 1,
		stages: [4, 8].map((dim) => ({ depth: 2, dim, heads: 1, window: 2, mlpDim: 8 }))
	});

	it('are what is drawn, unless the mechanism is asked for; merging reads the maps that it joins and makes', () => {
		const taps = (attributes: Record<string, string>, of = config) =>
			readOf(figure, figure.parse(attributes), of)?.names ?? null;
		expect(['windows', 'shift', 'reach', 'cost'].map((view) => taps({ view }))).toEqual([[], [], [], []]);
		expect(taps({ view: 'merge' })).toEqual(['stages.0.blocks.1.out', 'stages.0.merge']);
		expect(taps({ view: 'merge', source: 'mechanism' })).toBeNull();
		expect(taps({ view: 'merge' }, { ...config, stages: config.stages.slice(0, 1) })).toEqual([]);
	});
});
