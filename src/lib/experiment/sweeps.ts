import type { Edit } from '../engine/edits/edit';
import { hidingEdit, refusalOf, type Hidden } from '../tools/hiding';
import type { About } from './interventions';

/** The same change made at one place after the other, each by itself in the untouched run. */
export interface Sweep {
	readonly id: string;
	readonly title: string;
	/** What is done at each place, after `with`. */
	readonly does: string;
	/** What the rows and columns of the map of effects are; where they are the photo's, it is laid over it. */
	readonly over: 'heads' | 'blocks' | 'squares';
	readonly rows: number;
	readonly columns: number;
	/** One a place, row by row; null where there is none, as of a head that a block does not have. */
	readonly edits: readonly (Edit | null)[];
}

const HEAD_SWEEPS = [
	{ id: 'heads-zero', title: 'Every head silenced', does: 'that head silenced', do: 'zero', part: 'attn.head_out' },
	{
		id: 'heads-uniform',
		title: 'Every head looking everywhere alike',
		does: 'that head’s pattern uniform',
		do: 'uniform',
		part: 'attn.pattern'
	}
] as const;

/** All sweeps that a model can have. @param hidden how squares are hidden */
export function sweepsOf(about: About, hidden: Hidden): Sweep[] {
	const { anatomy, groups, grid } = about;
	const heads = groups.flatMap((group) => Array.from({ length: group.blocks }, () => group.heads));
	const most = Math.max(...heads);
	const isTap = (name: string) => anatomy.taps.some((tap) => tap.name === name);
	const zeroed = (tap: string): Edit | null => (isTap(tap) ? { tap, do: 'zero' } : null);
	const ofHeads = HEAD_SWEEPS.map(({ part, do: deed, ...words }): Sweep => {
		const edits = anatomy.blocks.flatMap((block, i) =>
			Array.from({ length: most }, (_, head) =>
				head < (heads[i] ?? 0) ? { tap: `${block}.${part}`, head, do: deed } : null
			)
		);
		return { ...words, over: 'heads', rows: anatomy.blocks.length, columns: most, edits };
	});
	const ofBlocks: Sweep = {
		id: 'blocks',
		title: 'Every block, and each of its halves, left out',
		does: 'that part left out',
		over: 'blocks',
		rows: anatomy.blocks.length,
		columns: BLOCK_PARTS.length,
		edits: anatomy.blocks.flatMap((block) => [
			{ tap: block, do: 'skip' as const },
			zeroed(`${block}.attn.out`),
			zeroed(`${block}.mlp.out`)
		])
	};
	const squares = Array.from({ length: grid.rows * grid.columns }, (_, square) =>
		hidingEdit({ ...hidden, squares: new Set([square]) }, grid)
	);
	const hides = refusalOf(hidden.hiding, anatomy) === null && squares.every((edit) => edit !== null);
	const ofSquares: Sweep = {
		id: 'squares',
		title: grid.each === 1 ? 'Every patch hidden' : 'Every square of patches hidden',
		does: 'that place hidden',
		over: 'squares',
		rows: grid.rows,
		columns: grid.columns,
		edits: squares
	};
	// A network without attention has no heads to silence, and may have no block that the others can do without.
	const blocks = anatomy.blocks.length > 0 ? [ofBlocks] : [];
	return [...(hides ? [ofSquares] : []), ...(most > 0 ? ofHeads : []), ...blocks];
}

/** What is left out of a block, in the columns of its sweep. */
export const BLOCK_PARTS = ['whole block', 'attention', 'feed-forward'] as const;
