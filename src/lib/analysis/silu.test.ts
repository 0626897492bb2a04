import { describe, expect, it } from 'vitest';
import { silu } from './silu';

describe('SiLU', () => {
	it('is x times its sigmoid', () => {
		expect(silu(0)).toBe(0);
		// The sigmoid of 1 is e / (1 + e).
		expect(silu(1)).toBeCloseTo(Math.E / (1 + Math.E), 15);
		expect(silu(-1)).toBeCloseTo(-1 / (1 + Math.E), 15);
	});

	it('is nothing far to the left and x far to the right', () => {
		expect(silu(-800)).toBeCloseTo(0, 15);
		expect(silu(40)).toBeCloseTo(40, 12);
	});
});
