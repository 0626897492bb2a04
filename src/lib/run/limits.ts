import type { Limits } from './selection.svelte';
import type { Shown } from './shown';

/** How far a selection may reach in a run; one block of one head while there is none. */
export function limitsOf(
	shown: Pick<Shown, 'layers'> | null
): Limits & { readonly headsOf: (block: number) => number } {
	const layers = shown?.layers ?? [];
	const headsOf = (block: number) => layers[block]?.heads.heads ?? 1;
	return { depth: Math.max(1, layers.length), heads: headsOf(0), headsOf };
}
