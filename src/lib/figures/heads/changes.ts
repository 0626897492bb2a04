import type { WhatIf } from '../kit/what-if.svelte';

/** What can be done to one head. @param at block and head, counted from 0 */
export const changesOf = ({ block, head }: { readonly block: number; readonly head: number }): WhatIf[] => [
	{ label: `Silence head ${head + 1}`, edits: [{ tap: `blocks.${block}.attn.head_out`, head, do: 'zero' }] },
	{ label: 'Make it look everywhere alike', edits: [{ tap: `blocks.${block}.attn.pattern`, head, do: 'uniform' }] }
];
