import { describe, expect, it } from 'vitest';
import { DRAWS, drawsOf, foldsOf } from './held-out';

const few = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
const many = Array.from({ length: 60 }, (_, i) => (i < 40 ? 0 : 1));

describe('photos that are held back', () => {
	it('are one at a time where there are few, and each once', () => {
		const folds = foldsOf(few);
		expect(folds.map(({ asked }) => asked.length)).toEqual(few.map(() => 1));
		expect(folds.flatMap(({ asked }) => asked).sort((a, b) => a - b)).toEqual(few.map((_, i) => i));
		for (const { learns, asked } of folds) {
			expect(Array.from(learns, (one, i) => one === 0 && i).filter((i) => i !== false)).toEqual(asked);
		}
	});

	it('are a tenth of each class where there are many', () => {
		const folds = foldsOf(many);
		expect(folds).toHaveLength(10);
		expect(folds.flatMap(({ asked }) => asked).sort((a, b) => a - b)).toEqual(many.map((_, i) => i));
		for (const { asked } of folds) expect(asked.map((i) => many[i]).join('')).toBe('000011');
	});
});

describe('draws for a learning curve', () => {
	it('have as many of each class as they say, and ask about all others', () => {
		const draws = drawsOf(few);
		expect([...new Set(draws.map(({ size }) => size))]).toEqual([1, 2, 3, 4]);
		expect(draws).toHaveLength(4 * DRAWS);
		for (const { size, learns, asked } of draws) {
			const counts = [0, 1].map((k) => few.filter((label, i) => label === k && learns[i] === 1).length);
			expect(counts).toEqual([size, size]);
			expect(asked).toHaveLength(few.length - 2 * size);
		}
	});

	it('are the same for one seed, and differ among each other', () => {
		expect(drawsOf(few, 3)).toEqual(drawsOf(few, 3));
		const pairs = drawsOf(few).filter(({ size }) => size === 2);
		expect(new Set(pairs.map(({ asked }) => asked.join())).size).toBeGreaterThan(3);
	});

	it('go up to all but one of the smallest class, in steps that grow', () => {
		expect([...new Set(drawsOf(many).map(({ size }) => size))]).toEqual([1, 2, 3, 5, 8, 13, 19]);
	});

	it('are none where a class has a single photo', () => {
		expect(drawsOf([0, 0, 1])).toEqual([]);
	});
});
