import Grow from './grow/Grow.svelte';
import Own from './own/Own.svelte';

/** What can be trained on the page, each a part of it with an address of its own, `?part=own`; the first without one. */
export const PARTS = [
	{ id: 'own', title: 'Your own classes', part: Own },
	{ id: 'grow', title: 'From nothing', part: Grow }
] as const;
