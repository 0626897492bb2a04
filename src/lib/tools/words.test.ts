import { describe, expect, it } from 'vitest';
import type { Edit } from '../engine/edits/edit';
import type { Sample } from '../photo/manifest';
import { brushGrid } from './brush';
import { editWords } from './words';

const grid = brushGrid({ rows: 14, columns: 14 }, 1);
const samples = [{ id: 'owl', title: 'An owl' } as Sample];

it.each<[Edit, string]>([
	[{ tap: 'blocks.3.attn.head_out', head: 1, do: 'zero' }, 'Block 4, head 2: output of the heads set to zero'],
	[{ tap: 'blocks.*.attn.pattern', do: 'uniform' }, 'Every block: attention pattern the same for every key'],
	[{ tap: 'stages.2.blocks.0', do: 'skip' }, 'Stage 3, block 1: passed by'],
	[
		{ tap: 'stages.*.blocks.*.attn.scores', do: 'scale', by: 0.25 },
		'Every stage, every block: scores before the softmax at temperature 4'
	],
	[
		{ tap: 'blocks.0.attn.scores', keys: [0], do: 'set', to: -1e30 },
		'Block 1: scores before the softmax to CLS closed'
	],
	[
		{ tap: 'blocks.11.value', head: [0, 2], tokens: [17], do: 'zero' },
		'Block 12, heads 1, 3: values of the patch in row 2, column 3 set to zero'
	],
	[{ tap: 'parameters.pos_embed', do: 'zero' }, 'Positions set to zero'],
	[
		{ tap: 'blocks.5.out', tokens: [0], do: 'replace', run: 'sample:owl' },
		'Block 6: tokens after it of CLS those of “An owl”'
	],
	[
		{ tap: 'blocks.5.attn.head_out', do: 'mean', over: 'photos', runs: ['sample:owl', 'b'] },
		'Block 6: output of the heads the mean over this photo and 2 others'
	],
	[{ tap: 'pixel_values', tokens: [1, 2], do: 'zero' }, '2 of 196 patches hidden: grey'],
	[{ tap: 'pixel_values', tokens: [1], do: 'replace', run: 'sample:owl' }, '1 of 196 patches hidden: from “An owl”'],
	[
		{ tap: 'norm', tokens: 'cls', do: 'mean', over: 'tokens', of: { tokens: 'patches' } },
		'Tokens after the last norm of CLS the mean of others'
	],
	[{ tap: 'patches', tokens: [3, 4, 5], do: 'add', value: 1 }, 'Patches of 3 groups of tokens with something added'],
	[{ tap: 'somewhere.else', do: 'set', to: [1, 2] }, 'Somewhere.else set to other numbers']
])('%o reads: %s', (edit, words) => {
	expect(editWords(edit, grid, samples)).toBe(words);
});

describe('a brush of squares', () => {
	it('says squares where these are several patches', () => {
		const edit: Edit = { tap: 'pixel_values', tokens: { rows: [0, 1], columns: [0, 3] }, do: 'zero' };
		expect(editWords(edit, brushGrid({ rows: 56, columns: 56 }, 0), [])).toBe('2 of 784 squares hidden: grey');
	});
});
