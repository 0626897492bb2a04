import CellMark from './CellMark.svelte';
import { specimensOf } from './specimen';

export default specimensOf(
	CellMark,
	{
		name: '',
		note: 'Around what is chosen, seen on every colour.',
		box: [160, 80],
		props: () => ({ box: { left: 0.25, top: 0.25, width: 0.2, height: 0.4 }, colour: 'var(--query)' })
	},
	{
		name: 'light',
		note: 'Around what is only pointed at.',
		box: [160, 80],
		props: () => ({ box: { left: 0.25, top: 0.25, width: 0.2, height: 0.4 }, light: true })
	},
	{
		name: 'of a tiny cell',
		note: 'A cell smaller than its line keeps its middle.',
		box: [160, 80],
		props: () => ({ box: { left: 0.5, top: 0.5, width: 0.005, height: 0.01 } })
	}
);
