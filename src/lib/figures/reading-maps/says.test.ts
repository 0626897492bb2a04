import { describe, expect, it } from 'vitest';
import { standOutWords } from './says';

const grid = { rows: 3, columns: 3, prefix: ['CLS'] };
const block = (...tokens: number[]) => ({ fence: 1, quartiles: [0, 0.25] as const, median: 1, tokens });

describe('the patches that stand out', () => {
	it('are counted where they are first there, and placed after the last block', () => {
		const words = standOutWords([block(), block(5, 6), block(1, 3, 4, 5)], grid);
		expect(words).toMatch(/first stand out after block 2 \(2 of them\)/);
		expect(words).toMatch(/4 do: 2 in the corners, 1 elsewhere at the edge and 1 inside/);
	});

	it('may be gone at the end, be one, or never be there', () => {
		expect(standOutWords([block(5), block()], grid)).toMatch(/after block 1 .* last block none does\.$/);
		expect(standOutWords([block(5)], grid)).toMatch(/1 does: 0 in the corners, 0 elsewhere at the edge and 1 inside/);
		expect(standOutWords([block(), block()], grid)).toMatch(/no patch stands out/);
	});
});
