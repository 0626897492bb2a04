import { expect, it } from 'vitest';
import { inputOf } from './blocks';

it('names what enters a block', () => {
	expect([0, 1, 5].map(inputOf)).toEqual(['embeddings', 'blocks.0.out', 'blocks.4.out']);
});
