import { describe, expect, it } from 'vitest';
import { cosine, cosinesTo } from './cosine';

describe('cosine', () => {
	it('knows the angle, whatever the lengths', () => {
		expect(cosine([1, 0], [5, 5])).toBeCloseTo(Math.SQRT1_2, 12);
		expect(cosine([2, 1], [-4, -2])).toBeCloseTo(-1, 12);
		expect(cosine([0, 3], [7, 0])).toBe(0);
	});

	it('never leaves [-1, 1], and is 0 without length', () => {
		expect(cosine([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])).toBeLessThanOrEqual(1);
		expect(cosine([0, 0], [1, 2])).toBe(0);
	});
});

it('knows the cosine to each row', () => {
	const rows = Float32Array.of(1, 0, 0, 2, 3, 3, 0, 0);
	expect([...cosinesTo([0, 1], rows)]).toEqual([0, 1, Math.fround(Math.SQRT1_2), 0]);
});
