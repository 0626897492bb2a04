import Grow from './grow/Grow.svelte';
import Own from './own/Own.svelte';

/** What can be trained on the page, each a part of it with an address of its own, `?part=own`; the first without one. */
export const PARTS = [
	{
		id: 'own',
		title: 'Your own classes',
		lead: 'Teach a model what only you can name: your cat and your neighbour’s, ripe and unripe, this key and that one. It learns here, from your photos, in seconds; they never leave your machine.',
		/** Whether it is the model in use that is taught. */
		ofModel: true,
		part: Own
	},
	{
		id: 'grow',
		title: 'From nothing',
		lead: 'Grow a small ViT and a small CNN from random numbers, side by side: the same pictures, as many numbers to learn. What does each find out, how fast, and from how little?',
		ofModel: false,
		part: Grow
	}
] as const;
