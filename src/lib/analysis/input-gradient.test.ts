import { expect, it } from 'vitest';
import { inputTimesGradient, overPatches } from './input-gradient';

it('multiplies each pixel by its gradient and sums the channels, with the sign', () => {
	const shape = [1, 2, 2, 3];
	const pixels = { shape, data: Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60) };
	const gradient = { shape, data: Float32Array.of(1, 0, -1, 2, 0, 1, 0, 1, 0, -1, 0, 1) };
	expect([...inputTimesGradient(pixels, gradient)]).toEqual([1, 20, -3, -32, 0, 66]);
});

it('sums over patches, also where they reach beyond the picture', () => {
	const map = Float32Array.from({ length: 15 }, (_, i) => i); // 3 rows of 5
	expect([...overPatches(map, 5, 2)]).toEqual([0 + 1 + 5 + 6, 2 + 3 + 7 + 8, 4 + 9, 10 + 11, 12 + 13, 14]);
});
