import { describe, expect, it } from 'vitest';
import { tokenGridOf } from '../engine/families';
import { swinConfigWith } from '../engine/testing/swin-config';
import { SMALL_CONFIG } from '../engine/testing/small';
import { blockOutputs, meanOverPlaces } from './block-means';

const stage = { depth: 2, dim: 3, heads: 1, window: 2, mlpDim: 8 };
const SWIN = swinConfigWith({ imageSize: [4, 2], patchSize: 2, stages: [stage] });

describe('the outputs of blocks', () => {
	it('begin with what enters the first, where one sequence goes through all', () => {
		expect(blockOutputs(SMALL_CONFIG).slice(0, 2)).toEqual(['embeddings', 'blocks.0.out']);
		expect(blockOutputs(SMALL_CONFIG)).toHaveLength(SMALL_CONFIG.depth + 1);
	});

	it('are those of all stages', () => {
		expect(blockOutputs(SWIN)).toEqual(['stages.0.blocks.0.out', 'stages.0.blocks.1.out']);
	});
});

describe('the mean over the places', () => {
	it('leaves out what stands before the patches', () => {
		const [before, width] = [tokenGridOf(SMALL_CONFIG).prefix.length, 2];
		const data = Float32Array.from([...Array<number>(before * width).fill(99), 1, 2, 3, 4]);
		expect([...meanOverPlaces({ data, shape: [1, before + 2, width] }, SMALL_CONFIG)]).toEqual([2, 3]);
	});

	it('is of all places where nothing does', () => {
		expect([...meanOverPlaces({ data: Float32Array.of(1, 2, 3, 5), shape: [1, 2, 2] }, SWIN)]).toEqual([2, 3.5]);
	});
});
