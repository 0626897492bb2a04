import type { Limits } from '../../state/selection.svelte';
import type { ShownWindows } from '../../state/shown';

/** How far a selection may reach in a model with windows. There is no CLS: the first query is the patch in the middle. */
export function limitsOf(blocks: readonly ShownWindows[]): Limits {
	const headsOf = (block: number) => blocks[block]?.heads.heads ?? 1;
	const { rows, columns } = blocks[0]?.heads.layout.map ?? { rows: 1, columns: 1 };
	const firstToken = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
	return { depth: blocks.length, heads: headsOf(0), headsOf, tokens: rows * columns, firstToken };
}
