import { describe, expect, it } from 'vitest';
import { offsetWords, turnsApart } from './offsets';

const grid = { rows: 2, columns: 3 };
/** Half a radian for each column and two for each row. */
const angles = [0, 1, 2, 3, 4, 5].map((patch) => 0.5 * (patch % 3) + 2 * Math.floor(patch / 3));

describe('the turns of patches that stand equally far apart', () => {
	it('are one where turns go by the place', () => {
		const { pairs, least, most } = turnsApart(angles, angles, grid, [0, 1]);
		expect(pairs).toBe(4);
		expect([least, most]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
		expect(turnsApart(angles, angles, grid, [-1, 2])).toMatchObject({ pairs: 1, least: expect.closeTo(-1, 12) });
	});

	it('are one, however many full turns are between them', () => {
		const full = angles.map((angle, i) => angle + 2 * Math.PI * (i % 2));
		const { least, most } = turnsApart(full, angles, grid, [0, 2]);
		expect([least, most]).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
	});

	it('are many where they do not', () => {
		const odd = [0, 0.1, 0.4, 0.9, 1.6, 2.5];
		const { least, most } = turnsApart(odd, odd, grid, [0, 1]);
		expect([least, most]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.9, 12)]);
	});

	it('leave out what has no length, and patches that there are not', () => {
		expect(turnsApart([NaN, ...angles.slice(1)], angles, grid, [0, 1]).pairs).toBe(3);
		expect(turnsApart(angles, angles, grid, [2, 0])).toEqual({ pairs: 0, least: 0, most: 0 });
	});
});

it('an offset in words', () => {
	expect(offsetWords([0, 2])).toBe('2 columns to the right');
	expect(offsetWords([1, -3])).toBe('1 row down and 3 columns to the left');
	expect(offsetWords([-2, 0])).toBe('2 rows up');
	expect(offsetWords([0, 0])).toBe('at the same place');
});
