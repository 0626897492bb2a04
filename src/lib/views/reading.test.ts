import { afterEach, describe, expect, it, vi } from 'vitest';
import { PLAIN_VIT, type ViTConfig } from '../engine/vit/config';
import { fitsWhole, resized, resolutionsOf } from '../engine/resolution';
import { PLAIN_SWIN, type SwinConfig } from '../engine/swin/config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { bytesDrawn, isHeld } from './taps-shown';
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
	afterEach(() => vi.unstubAllGlobals());

	it('are those of which the page can hold what it draws, and the model’s own', () => {
		const small8 = { ...tiny, patchSize: 8, heads: 6, dim: 384, mlpDim: 1536 };
		expect(sizesDrawn(tiny).at(-1)).toEqual([448, 448]);
		// The 6 patterns of a block and their mean, of 56 x 56 patches and CLS, are 138 MB as halves, and a GB has a quarter for them.
		expect(sizesDrawn(small8).at(-1)).toEqual([448, 448]);
		expect(bytesDrawn(resized(small8, [448, 448])) / 1e6).toBeCloseTo(140.1, 0);
		vi.stubGlobal('navigator', { deviceMemory: 1 });
		expect([432, 448].map((side) => isDrawn(small8, [side, side]))).toEqual([true, false]);
		expect(isDrawn({ ...small8, imageSize: [448, 448] }, [448, 448])).toBe(true);
		expect(sizesDrawn(swin).length).toBeGreaterThan(5);
	});

	it('leave all patterns with the page where there is room, whatever the model, and those of a block elsewhere', () => {
		const small8 = { ...tiny, patchSize: 8, heads: 6, dim: 384, mlpDim: 1536 };
		const at = (deviceMemory: number, config: ViTConfig | SwinConfig) => {
			vi.stubGlobal('navigator', { deviceMemory });
			return isHeld(config);
		};
		expect([2, 8].map((memory) => at(memory, tiny))).toEqual([true, true]);
		expect([2, 8].map((memory) => at(memory, resized(small8, [320, 320])))).toEqual([false, true]);
		expect([2, 8].map((memory) => at(memory, resized(small8, [448, 448])))).toEqual([false, false]);
		expect(at(1e-6, swin)).toBe(true);
	});

	it.each([
		['ViT-Tiny', tiny],
		['ViT-Small', { ...tiny, heads: 6, dim: 384, mlpDim: 1536 }],
		['ViT-Base', { ...tiny, heads: 12, dim: 768, mlpDim: 3072 }],
		['ViT-Base at 384', { ...tiny, imageSize: [384, 384], heads: 12, dim: 768, mlpDim: 3072 }],
		['DINO’s ViT-S/8', { ...tiny, patchSize: 8, heads: 6, dim: 384, mlpDim: 1536 }],
		['a Swin', swin]
	] as const)(
		'of %s are, on a phone of 2 GB, all at which a run fits whole, and none of them runs twice',
		(_, model) => {
			vi.stubGlobal('navigator', { deviceMemory: 2 });
			const sizes = resolutionsOf(model).filter((size) => fitsWhole(resized(model, size)));
			expect(sizes.length).toBeGreaterThan(5);
			expect(sizes.filter((size) => !isDrawn(model, size))).toEqual([]);
			expect(sizes.filter((size) => readingCost(resized(model, size)).runsTwice)).toEqual([]);
		}
	);
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

	it('says where the blocks have to be computed a second time', () => {
		const small8 = { ...tiny, patchSize: 8, heads: 6, dim: 384, mlpDim: 1536 };
		const [now, next] = [readingCost(small8), readingCost(resized(small8, [448, 448]))];
		expect([now.runsTwice, next.runsTwice]).toEqual([false, true]);
		expect(costSentences(now, next, 300)[1]).toMatch(
			/^About \d\.\d s a run and as long again to draw it, and [\d,]+ MB/
		);
	});
});
