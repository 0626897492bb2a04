import { describe, expect, it } from 'vitest';
import { random } from '../engine/testing/checkpoint';
import { cutsOf } from './mask-picture';

/** How often each pixel is in a rectangle. */
function covered(cuts: ReturnType<typeof cutsOf>, width: number, height: number): number[] {
	const times = Array.from({ length: width * height }, () => 0);
	for (const cut of cuts) {
		for (let y = cut.y; y < cut.y + cut.height; y++)
			for (let x = cut.x; x < cut.x + cut.width; x++) times[y * width + x] = (times[y * width + x] ?? NaN) + 1;
	}
	return times;
}

describe('what is cut out', () => {
	it('is the patches of the mask, runs of them in one', () => {
		expect(cutsOf([1, 1, 0, 0, 0, 1], { rows: 2, columns: 3 }, { width: 30, height: 20 })).toEqual([
			{ x: 0, y: 0, width: 20, height: 10 },
			{ x: 20, y: 10, width: 10, height: 10 }
		]);
	});

	it('is nothing of no patch', () => {
		expect(cutsOf([0, 0, 0, 0], { rows: 2, columns: 2 }, { width: 8, height: 8 })).toEqual([]);
	});

	it.each([
		[224, 224, 14, 14],
		[37, 23, 5, 3],
		[100, 64, 7, 9],
		[3, 2, 4, 4]
	])(
		'has every pixel of a %i × %i picture once, of %i × %i patches of which each is in or out',
		(width, height, columns, rows) => {
			const next = random(width);
			const mask = Uint8Array.from({ length: rows * columns }, () => Number(next() > 0));
			const size = { width, height };
			const inside = covered(cutsOf(mask, { rows, columns }, size), width, height);
			const outside = covered(
				cutsOf(
					mask.map((value) => 1 - value),
					{ rows, columns },
					size
				),
				width,
				height
			);
			expect(inside.map((times, i) => times + (outside[i] ?? NaN)).every((times) => times === 1)).toBe(true);
		}
	);
});
