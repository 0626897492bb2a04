import { describe, expect, it } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../engine/vit/config';
import { resized } from '../engine/resolution';
import { PLAIN_SWIN, type SwinConfig } from '../engine/swin/config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { costSentences, isDrawn, readingCost, sizesDrawn } from './reading';

const tiny: ViTConfig = {
	...SMALL_CONFIG,
	...PLAIN_VIT,
	imageSize: [224, 224],
	patchSize: 16,
	depth: 12,
	heads: 3,
	dim: 192,
	mlpDim: 768,
	classes: 1000,
	positions: { grid: [14, 14], prefix: 1, resampling: 'plain' }
};

const swin: SwinConfig = {
	family: 'swin',
	...PLAIN_SWIN,
	rules: 'huggingface',
	imageSize: [224, 224],
	patchSize: 4,
	channels: 3,
	layerNormEps: 1e-5,
	classes: 1000,
	preprocess: SMALL_CONFIG.preprocess,
	stages: [2, 2, 6, 2].map((depth, i) => {
		const dim = 96 * 2 ** i;
		return { depth, heads: 3 * 2 ** i, dim, mlpDim: 4 * dim, window: 7 };
	}),
	qkvBias: true,
	patchNorm: true
};

describe('readingCost', () => {
	it('grows with the square of the tokens in a ViT’s attention, and with less in the rest', () => {
		const [now, next] = [readingCost(tiny), readingCost(resized(tiny, [448, 448]))];
		expect([now.tokens, next.tokens]).toEqual([197, 785]);
		expect(next.attention / now.attention).toBeCloseTo((785 / 197) ** 2, 6);
		expect(next.work / now.work).toBeGreaterThan(4);
		expect(next.work / now.work).toBeLessThan(6);
		expect(next.bytes).toBeGreaterThan(12 * 3 * 785 ** 2 * 4);
	});

	it('grows with the number of windows in a Swin', () => {
		const [now, next] = [readingCost(swin), readingCost(resized(swin, [448, 448]))];
		expect([now.tokens, next.tokens]).toEqual([56 ** 2, 112 ** 2]);
		expect(next.attention / now.attention).toBeCloseTo(4, 6);
		// 4.5 billion multiply-adds, as table 1 of the paper has it.
		expect(now.work / 1e9).toBeCloseTo(4.5, 1);
	});
});

describe('the sizes that a reader can choose', () => {
	it('are those of which the page can hold what it draws, and the model’s own', () => {
		const small8 = { ...tiny, patchSize: 8, heads: 6, dim: 384, mlpDim: 1536 };
		expect(sizesDrawn(tiny).at(-1)).toEqual([448, 448]);
		// 12 blocks of 6 patterns and their mean, of 47 x 47 patches and CLS: 1.6 GB would be too many, where the browser does not say.
		expect(sizesDrawn(small8).at(-1)).toEqual([368, 368]);
		expect([368, 376].map((side) => isDrawn(small8, [side, side]))).toEqual([true, false]);
		expect(isDrawn({ ...small8, imageSize: [448, 448] }, [448, 448])).toBe(true);
		expect(sizesDrawn(swin).length).toBeGreaterThan(5);
	});
});

describe('costSentences', () => {
	it('says what it takes before it is run', () => {
		const [now, next] = [readingCost(tiny), readingCost(resized(tiny, [448, 448]))];
		const [work, time] = costSentences(now, next, 300);
		expect(work).toMatch(
			/^785 tokens in place of 197: 5\.7 times the work, and 16 times that of the attention alone\.$/
		);
		expect(time).toMatch(/^About 1\.\d s a run, and [\d,]+ MB for what it leaves to look at\.$/);
		expect(costSentences(next, now, 300)[0]).toMatch(/: 0\.2 times the work, and 0\.1 times/);
	});
});
