import type { Limits } from './selection.svelte';
import type { Shown } from './shown';

/** How far a selection may reach in a run; one block of one head while there is none. */
export function limitsOf(
	shown: (Pick<Shown, 'layers'> & Partial<Pick<Shown, 'model' | 'result'>>) | null
): Limits & { readonly headsOf: (block: number) => number } {
	const layers = shown?.layers ?? [];
	const headsOf = (block: number) => layers[block]?.heads.heads ?? 1;
	const classes = shown?.model?.config.classes ?? 0;
	const firstClass = classes > 0 ? (shown?.result?.top[0]?.index ?? null) : null;
	return { depth: Math.max(1, layers.length), heads: headsOf(0), headsOf, classes, firstClass };
}
