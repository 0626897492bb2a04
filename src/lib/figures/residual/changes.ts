import type { WhatIf } from '../kit/what-if.svelte';

/** What can be left out of one block. @param stem what the names of its taps begin with */
export const changesOf = (stem: string): WhatIf[] => [
	{ label: 'Add nothing of attention', edits: [{ tap: `${stem}.attn.out`, do: 'zero' }] },
	{ label: 'Add nothing of the feed-forward part', edits: [{ tap: `${stem}.mlp.out`, do: 'zero' }] },
	{ label: 'Skip the block', edits: [{ tap: stem, do: 'skip' }] }
];
