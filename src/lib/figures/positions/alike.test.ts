import { describe, expect, it } from 'vitest';
import { alikeWords, mostAlike } from './alike';

const map = Float32Array.of(0.25, 1, 0.75, 0.5, -0.5, 0);

describe('the positions that are like one', () => {
	it('are the nearest, and those of its row, its column and elsewhere', () => {
		expect(mostAlike(map, 1)).toBe(2);
		expect(alikeWords(map, 1, { rows: 2, columns: 3 })).toBe(
			'Most like it is the position of the patch in row 1, column 3: 0.75. On average the others in its row have 0.50, ' +
				'those in its column −0.50, and all the rest 0.25.'
		);
	});

	it('are named only where there are any', () => {
		const one = alikeWords(map, 1, { rows: 1, columns: 6 });
		expect(one).toMatch(/On average the others in its row have 0\.20\.$/);
		const column = alikeWords(map, 1, { rows: 6, columns: 1 });
		expect(column).toMatch(/row 3, column 1: 0\.75\. On average those in its column have 0\.20\.$/);
	});

	it('are none beside a single patch', () => {
		expect(mostAlike(Float32Array.of(1), 0)).toBeNull();
		expect(alikeWords(Float32Array.of(1), 0, { rows: 1, columns: 1 })).toContain('a single position');
	});
});
