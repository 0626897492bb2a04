import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../engine/checkpoint/safetensors';
import { fileOf, pixelValues, SIZES, timmTensors } from '../engine/testing/checkpoint';
import { referenceTaps } from '../engine/testing/reference';
import { SMALL_CONFIG } from '../engine/testing/small';
import { logitLens, rankClasses, type Readout } from './logit-lens';

describe('logitLens', () => {
	const tensors = timmTensors();
	const taps = referenceTaps(readSafetensors(fileOf(tensors)), pixelValues(), SIZES);
	const { depth, dim, classes } = SIZES;
	const parameter = (name: string) => tensors.find((tensor) => tensor.name === name)?.data ?? new Float32Array();
	const tokensAfter = (block: number) => Float32Array.from(taps.get(`blocks.${block}.out`) ?? []);
	const config = { ...SMALL_CONFIG, depth, dim, classes };

	/** The file stores the head as outputs by inputs. */
	const head = parameter('head.weight');
	const readout: Readout = {
		norm: { weight: parameter('norm.weight'), bias: parameter('norm.bias'), eps: 1e-6 },
		head: {
			weight: Float32Array.from(
				{ length: dim * classes },
				(_, i) => head[(i % classes) * dim + Math.floor(i / classes)] ?? 0
			),
			bias: parameter('head.bias')
		},
		distillation: null
	};

	it('is what the model computes after the last block', () => {
		const logits = logitLens(tokensAfter(depth - 1), config, readout);
		expect(logits).toHaveLength(classes);
		taps.get('logits')?.forEach((value, i) => expect(logits[i]).toBeCloseTo(value, 6));
	});

	it('is something else after an earlier one', () => {
		const logits = logitLens(tokensAfter(0), config, readout);
		const last = taps.get('logits') ?? [];
		expect(Math.abs((logits[0] ?? NaN) - (last[0] ?? NaN))).toBeGreaterThan(1e-3);
	});
});

describe('rankClasses', () => {
	it('puts the likeliest first, with probabilities that sum to 1', () => {
		const ranked = rankClasses([0, Math.log(6), Math.log(3)], 'softmax');
		expect(ranked.map(({ index, rank }) => [index, rank])).toEqual([
			[1, 1],
			[2, 2],
			[0, 3]
		]);
		expect(ranked[0]?.score).toBeCloseTo(0.6, 12);
	});

	it('scores each class by itself where the model does, and leaves numbers as they are', () => {
		const logits = [-800, 0, 800, Math.log(3)];
		const apart = rankClasses(logits, 'sigmoid');
		expect(apart.map(({ index, score }) => [index, score])).toEqual([
			[2, 1],
			[3, expect.closeTo(0.75, 12)],
			[1, 0.5],
			[0, 0]
		]);
		expect(rankClasses([-2, 3], 'number')).toEqual([
			{ index: 0, score: -2, rank: 1 },
			{ index: 1, score: 3, rank: 2 }
		]);
	});

	it('keeps the order of equal ones', () => {
		expect(rankClasses([1, 1, 1], 'softmax').map(({ index }) => index)).toEqual([0, 1, 2]);
	});
});
