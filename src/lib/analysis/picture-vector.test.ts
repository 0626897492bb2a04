import { describe, expect, it } from 'vitest';
import { swinConfigWith } from '../engine/testing/swin-config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { pictureVector, pictureVectorTap } from './picture-vector';

const tap = { shape: [1, 2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };

describe('what stands for a picture', () => {
	it('is the CLS token of the last norm, as a copy', () => {
		const row = pictureVector(tap, SMALL_CONFIG);
		expect([...row]).toEqual([1, 2, 3]);
		expect(row.buffer).not.toBe(tap.data.buffer);
		expect(pictureVectorTap(SMALL_CONFIG)).toBe('norm');
	});

	it('is all of what is pooled where that is a tap of its own', () => {
		const config = { ...SMALL_CONFIG, pooling: 'cls+mean' } as const;
		expect(pictureVectorTap(config)).toBe('pooled');
		expect([...pictureVector({ shape: [1, 6], data: tap.data }, config)]).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('is the mean of all tokens of a Swin', () => {
		const stages = [{ depth: 1, dim: 3, heads: 1, window: 2, mlpDim: 8 }];
		const swin = swinConfigWith({ imageSize: [4, 2], patchSize: 2, stages });
		expect(pictureVectorTap(swin)).toBe('norm');
		expect([...pictureVector(tap, swin)]).toEqual([2.5, 3.5, 4.5]);
	});
});
