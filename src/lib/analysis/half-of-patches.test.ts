import { expect, it } from 'vitest';
import { withoutHalf } from './half-of-patches';

it('takes out the half with the largest scores, of equal ones the first, and leaves the rest in order', () => {
	const edit = (scores: number[], prefix: number) => withoutHalf(scores, prefix);
	expect(edit([0.1, 0.4, 0.2, 0.3], 1)).toEqual({ tap: 'embeddings', do: 'keep', tokens: [0, 1, 3] });
	expect(edit([1, 1, 1, 1], 2)).toEqual({ tap: 'embeddings', do: 'keep', tokens: [0, 1, 4, 5] });
	expect(edit([3, 2, 1], 0)).toEqual({ tap: 'embeddings', do: 'keep', tokens: [1, 2] });
});
