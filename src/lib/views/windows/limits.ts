import type { Limits } from '../../run/selection.svelte';
import type { ShownWindows } from '../../run/shown';

/** How far a selection may reach in a model with windows. */
export function limitsOf(blocks: readonly ShownWindows[]): Limits {
	const headsOf = (block: number) => blocks[block]?.heads.heads ?? 1;
	return { depth: blocks.length, heads: headsOf(0), headsOf };
}
