import { describe, expect, it } from 'vitest';
import type { Edit } from '../engine/edits/edit';
import { parseEdits } from '../engine/edits/parse';
import { brushGrid } from './brush';
import { hiddenBy, hiddenIn, HIDINGS, hidingEdit, withHidden } from './hiding';

const grid = brushGrid({ rows: 3, columns: 3 }, 2);
const squares = new Set([1, 4, 8]);

describe('what is hidden', () => {
	it.each(HIDINGS)('comes back from its edit, which a file may have: %s', (hiding) => {
		const hidden = { hiding, squares, run: hiding === 'swapped' ? 'sample:owl' : null };
		const edit = hidingEdit(hidden, grid);
		expect(edit).not.toBeNull();
		expect(parseEdits([edit])).toEqual([edit]);
		expect(edit && hiddenBy(edit, grid)).toEqual(hidden);
	});

	it('is nothing where no square is', () => {
		for (const hiding of HIDINGS) expect(hidingEdit({ hiding, squares: new Set(), run: null }, grid)).toBeNull();
	});

	it('keeps the tokens before the patches, and the others in their order', () => {
		const edit = hidingEdit({ hiding: 'gone', squares, run: null }, grid);
		expect(edit?.tokens).toEqual([
			0,
			1,
			{ rows: [0, 0], columns: [0, 0] },
			{ rows: [0, 0], columns: [2, 2] },
			{ rows: [1, 1], columns: [0, 0] },
			{ rows: [1, 1], columns: [2, 2] },
			{ rows: [2, 2], columns: [0, 1] }
		]);
	});

	it.each<Edit>([
		{ tap: 'pixel_values', do: 'zero' },
		{ tap: 'pixel_values', do: 'zero', tokens: [2], channels: 0 },
		{ tap: 'patch_embed', do: 'zero', tokens: [2] },
		{ tap: 'pixel_values', do: 'scale', by: 2, tokens: [2] },
		{ tap: 'pixel_values', do: 'mean', over: 'tokens', tokens: [2] },
		{ tap: 'embeddings', do: 'keep', tokens: [0, 2] },
		{ tap: 'pixel_values', do: 'zero', tokens: 'patches' }
	])('is not what another edit does: %o', (edit) => {
		expect(hiddenBy(edit, grid)).toBeNull();
	});
});

describe('a list of edits', () => {
	const skip: Edit = { tap: 'blocks.0', do: 'skip' };
	const grey = { hiding: 'grey', squares, run: null } as const;

	it('hides nothing at first', () => {
		expect(hiddenIn([skip], grid)).toEqual({ hiding: 'grey', squares: new Set(), run: null });
	});

	it('takes a change of what is hidden in its place', () => {
		const first = withHidden([skip], grey, grid);
		expect(first.map((edit) => edit.do)).toEqual(['zero', 'skip']);
		const next = withHidden([skip, ...first.slice(0, 1)], { ...grey, hiding: 'mean' }, grid);
		expect(next.map((edit) => edit.do)).toEqual(['skip', 'mean']);
		expect(hiddenIn(next, grid)).toEqual({ ...grey, hiding: 'mean' });
		expect(withHidden(next, { ...grey, squares: new Set() }, grid)).toEqual([skip]);
	});
});
