import { describe, expect, it } from 'vitest';
import type { SwinConfig } from '../../engine/swin/config';
import { windowLayout } from '../../engine/swin/windows';
import { swinConfigWith } from '../../engine/testing/swin-config';
import { windowParts } from '../../analysis/window-places';
import {
	entropyHint,
	exchangeSentence,
	mapSentence,
	ownWindowSentence,
	paddingSentence,
	windowsSentence
} from './words';

function config(side: number, rules: SwinConfig['rules'] = 'huggingface', height = side): SwinConfig {
	const stage = { depth: 2, heads: 1, dim: 1, mlpDim: 1, window: 4 };
	return swinConfigWith({ rules, imageSize: [height, side], patchSize: 2, stages: [stage, stage] });
}

/** A map of 8 x 8, then one of 4 x 4; and one of 7 x 7. */
const [even, odd] = [config(16), config(14)];
const [plain, shifted] = [windowLayout(even, 0, 0), windowLayout(even, 0, 1)];

describe('in words', () => {
	it('the map of a stage', () => {
		expect(mapSentence(even, 0)).toBe(
			'Stage 1 of 2: 8 × 8 tokens. A token stands for 2 × 2 pixels of the model’s input.'
		);
		expect(mapSentence(even, 1)).toContain('4 × 4 tokens, each joined from 2 × 2 tokens of the stage before');
	});

	it('how the windows lie', () => {
		expect(windowsSentence(plain)).toMatch(/cut into 2 × 2 windows of 4 × 4 tokens\. A token attends inside/);
		expect(windowsSentence(shifted)).toContain('each moved by 2 tokens down and to the right');
		expect(windowsSentence(windowLayout(even, 1, 1))).toMatch(/^One window of 4 × 4 is as large as the whole map/);
	});

	it('where the query’s window is, in one part or in several', () => {
		expect(ownWindowSentence(windowParts(shifted, 27))).toBe('The query’s window holds rows 3 to 6, columns 3 to 6.');
		const split = ownWindowSentence(windowParts(shifted, 0));
		expect(split).toContain('it holds 4 parts of the picture (dashed: the other 3)');
		expect(split).toMatch(/its own part: rows 1 to 2, columns 1 to 2\.$/);
	});

	it('the windows that timm shifts on one axis, and what its mask does not keep apart', () => {
		const wide = windowLayout(config(16, 'timm', 6), 0, 1);
		expect(windowsSentence(wide)).toMatch(
			/into 1 row × 2 columns of windows of 3 rows × 4 columns of tokens, each moved by 2 tokens to the right from/
		);
		const rolledFirst = windowLayout(config(10, 'timm'), 0, 1);
		expect(ownWindowSentence(windowParts(rolledFirst, 12))).toMatch(
			/holds 4 parts of the picture\. The map was rolled .+ attends to all of them: rows 3 to 5, columns 3 to 5; rows/
		);
		const partly = windowLayout(config(14, 'timm'), 0, 1);
		expect(ownWindowSentence(windowParts(partly, 48))).toMatch(
			/holds 9 parts of the picture \(dashed: the other 5, .+ from them\)\. .+ attends to 4 parts: row 7, column 7;/
		);
	});

	it('which windows exchange', () => {
		expect(exchangeSentence(even, 0, plain, 27)).toBe('');
		expect(exchangeSentence(even, 0, shifted, 27)).toContain('across 4 windows of the block before');
		expect(exchangeSentence(even, 0, shifted, 0)).toContain('nothing new meets here');
	});

	it('how many places the query can reach, without those that the mask keeps from it', () => {
		expect(entropyHint(plain, 0)).toBe('0: one token only; 2.77: evenly over the 16 places that it can reach');
		expect(entropyHint(shifted, 0)).toContain('1.39: evenly over the 4 places');
		const stage = { depth: 2, heads: 1, dim: 1, mlpDim: 1, window: 3 };
		const single = windowLayout(swinConfigWith({ imageSize: [7, 7], patchSize: 1, stages: [stage] }), 0, 1);
		expect(entropyHint(single, 0)).toBe('0: one token only, and it can reach no other');
	});

	it('what padding there is', () => {
		expect(paddingSentence(plain, 0, { padding: 0, masked: 0 })).toBe('');
		const corner = windowLayout(odd, 0, 0);
		expect(paddingSentence(corner, 48, { padding: 0.25, masked: 0 })).toContain(
			'7 of the window’s 16 places are padding'
		);
		expect(paddingSentence(corner, 48, { padding: 0.25, masked: 0 })).toContain('get 25 % of the query’s attention');
	});
});
