import { describe, expect, it } from 'vitest';
import type { Edit } from '../engine/edits/edit';
import type { Sample } from '../photo/manifest';
import { brushGrid } from './brush';
import { editWords } from './edit-words';

const grid = brushGrid({ rows: 14, columns: 14 }, 1);
const samples = [{ id: 'owl', title: 'An owl' } as Sample];
const known = { grid, samples, prefix: ['CLS'] };

it.each<[Edit, string]>([
	[{ tap: 'blocks.3.attn.head_out', head: 1, do: 'zero' }, 'Block 4, head 2: output of the heads set to zero'],
	[{ tap: 'blocks.*.attn.pattern', do: 'uniform' }, 'Every block: attention pattern the same for every key'],
	[{ tap: 'stages.2.blocks.0', do: 'skip' }, 'Stage 3, block 1: passed by'],
	[
		{ tap: 'stages.*.blocks.*.attn.scores', do: 'scale', by: 0.25 },
		'Every stage, every block: softmax at temperature 4'
	],
	[{ tap: 'blocks.0.attn.scores', keys: [0], do: 'set', to: -1e30 }, 'Block 1: attention to CLS closed'],
	[
		{ tap: 'blocks.11.value', head: [0, 2], tokens: [17], do: 'zero' },
		'Block 12, heads 1, 3: values of the patch in row 2, column 3 set to zero'
	],
	[{ tap: 'parameters.pos_embed', do: 'zero' }, 'Positions set to zero'],
	[
		{ tap: 'blocks.5.out', tokens: [0], do: 'replace', run: 'sample:owl' },
		'Block 6: CLS after the block replaced by what “An owl” has there'
	],
	[
		{ tap: 'blocks.5.attn.head_out', do: 'mean', over: 'photos', runs: ['sample:owl', 'b'] },
		'Block 6: output of the heads replaced by the mean over this photo and 2 others'
	],
	[
		{ tap: 'parameters.pos_embed', tokens: [17], do: 'mean', over: 'tokens', of: { tokens: [1] } },
		'Position of the patch in row 2, column 3 replaced by that of the patch in row 1, column 1'
	],
	[
		{ tap: 'parameters.pos_embed', tokens: 'patches', do: 'permute', order: [1, 0] },
		'Positions of the patches in another order'
	],
	[
		{ tap: 'blocks.*.attn.scores', keys: 'registers', queries: 'cls', do: 'set', to: -1e30 },
		'Every block: attention from CLS to the registers closed'
	],
	[{ tap: 'blocks.2.residual1', tokens: 'all', do: 'zero' }, 'Block 3: all tokens after the attention set to zero'],
	[
		{ tap: 'blocks.2.out', channels: [4, 6], do: 'scale', by: 2 },
		'Block 3, channels 5, 7: tokens after the block times 2'
	],
	[
		{ tap: 'embeddings', tokens: ['cls', 'patches'], do: 'keep' },
		'CLS and the patches before the first block kept, all others taken out'
	],
	[{ tap: 'parameters.rotary.cos', do: 'set', to: 1 }, 'Cosines of the rotary positions set to 1'],
	[{ tap: 'pixel_values', tokens: [1, 2], do: 'zero' }, '2 of 196 patches hidden: grey'],
	[{ tap: 'pixel_values', tokens: [1], do: 'replace', run: 'sample:owl' }, '1 of 196 patches hidden: from “An owl”'],
	[
		{ tap: 'norm', tokens: 'cls', do: 'mean', over: 'tokens', of: { tokens: 'patches' } },
		'CLS after the last norm replaced by the mean of the patches'
	],
	[{ tap: 'patches', tokens: [3, 4, 5], do: 'add', value: 1 }, 'Patches of 3 tokens with something added'],
	[{ tap: 'somewhere.else', do: 'set', to: [1, 2] }, '‘somewhere.else’ set to other numbers']
])('%o reads: %s', (edit, words) => {
	expect(editWords(edit, known)).toBe(words);
});

describe('a brush of squares', () => {
	it('says squares where these are several patches', () => {
		const edit: Edit = { tap: 'pixel_values', tokens: { rows: [0, 1], columns: [0, 3] }, do: 'zero' };
		expect(editWords(edit, { grid: brushGrid({ rows: 56, columns: 56 }, 0), prefix: [], samples: [] })).toBe(
			'2 of 784 squares hidden: grey'
		);
	});
});
