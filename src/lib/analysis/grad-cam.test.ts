import { expect, it } from 'vitest';
import { SMALL_CONFIG } from '../engine/testing/small';
import { gradCam, gradCamTap, positivePart } from './grad-cam';

const tap = (data: number[], tokens?: number[]) => ({
	name: 'blocks.1.norm1',
	axes: ['batch', 'token', 'feature'],
	shape: [1, data.length / 2, 2],
	data: Float32Array.from(data),
	...(tokens && { tokens })
});

const PLACES = { tokens: 7, prefix: 1 };

it('weighs each feature by the mean of its gradient over the patches, without CLS', () => {
	// Seven tokens of two features; CLS has large numbers that must not count.
	const tokens = tap([99, 99, 1, 0, 0, 1, 1, 1, 2, 0, 0, 2, -1, 3]);
	const gradient = tap([50, -50, 6, 0, 0, -12, 0, 0, 0, 0, 0, 0, 0, 0]);
	// Weights: 6 / 6 = 1 and -12 / 6 = -2.
	const map = gradCam(tokens, gradient, PLACES);
	expect([...map]).toEqual([1, -2, -1, 2, -4, -7]);
	expect([...positivePart(map)]).toEqual([1, 0, 0, 2, 0, 0]);
});

it('puts the patches that are left in their places', () => {
	const tokens = tap([99, 99, 1, 0, 0, 1], [0, 5, 2]);
	const map = gradCam(tokens, tap([0, 0, 1, 1, 1, 1]), PLACES);
	expect([...map]).toEqual([0, 1, 0, 0, 1, 0]);
});

it('is of every place where nothing stands before them', () =>
	expect([...gradCam(tap([1, 0, 2, 1]), tap([4, 0, 0, -2]), { tokens: 2, prefix: 0 })]).toEqual([2, 3]));

it('is of what the last attention reads', () => expect(gradCamTap(SMALL_CONFIG)).toBe('blocks.1.norm1'));
