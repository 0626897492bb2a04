import { describe, expect, it } from 'vitest';
import { likeWords, pathWords } from './says';

describe('which patches CLS is like', () => {
	it('names the most and the least alike, and counts those above a half', () => {
		const grid = { rows: 1, columns: 3, prefix: ['CLS'] };
		const words = likeWords(Float32Array.from([0.25, 0.75, -0.5]), 2, grid);
		expect(words).toMatch(/after block 2, CLS is most like the patch in row 1, column 2 \(0\.75\)/);
		expect(words).toMatch(/least like the patch in row 1, column 3 \(−0\.50\)\. 1 of 3/);
		expect(likeWords(Float32Array.of(1), 0, grid)).toBe('');
	});
});

describe('how far CLS goes', () => {
	const at = (toStart: number, length: number, patches: number) => ({ toStart, length, patches });

	it('says after which block it has turned, and what its length did', () => {
		const words = pathWords([at(1, 2, 3), at(0.75, 4, 5), at(0.25, 6, 7)]);
		expect(words).toMatch(/cosine between CLS and its start is below 0\.5 after block 2, and 0\.25 at the end/);
		expect(words).toMatch(/from 2\.00 to 6\.00, the median patch’s from 3\.00 to 7\.00/);
	});

	it('says so where it never turns, and nothing without a way', () => {
		expect(pathWords([at(1, 2, 3), at(0.75, 4, 5)])).toMatch(/never falls below/);
		expect(pathWords([at(1, 2, 3)])).toBe('');
		expect(pathWords([])).toBe('');
	});
});
