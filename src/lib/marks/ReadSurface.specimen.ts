import { createRawSnippet } from 'svelte';
import { indexAt, moveAlong } from './cursor';
import ReadSurface from './ReadSurface.svelte';
import { specimensOf } from './specimen';

const COUNT = 4;
const children = createRawSnippet<[number | null]>(() => ({
	render: () =>
		'<div style="position: absolute; inset: 0; background: linear-gradient(90deg, var(--surface-2), var(--query))"></div>'
}));

export default specimensOf(ReadSurface, {
	name: '',
	note: 'What all marks share whose items are read one by one; it draws nothing itself.',
	box: [240, 64],
	props: ({ set }) => ({
		label: 'Four shades',
		count: COUNT,
		current: 0,
		find: (x) => indexAt(x, COUNT),
		move: (index, key) => moveAlong(index, key, COUNT),
		boxOf: (index) => ({ left: index / COUNT, top: 0, width: 1 / COUNT, height: 1 }),
		describe: (index) => `Shade ${index + 1}`,
		onpick: (current) => set({ current }),
		children
	})
});
