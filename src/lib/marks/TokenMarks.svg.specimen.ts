import { specimensOf } from './specimen';
import TokenMarks from './TokenMarks.svg.svelte';

const grid = { rows: 6, columns: 6 };

export default specimensOf(TokenMarks, 'photo')(
	{
		name: '',
		note: 'The grid, the query, and what is pointed at.',
		box: [180, 180],
		props: () => ({ ...grid, showGrid: true, query: { row: 2, column: 1 }, hovered: { row: 4, column: 4 } })
	},
	{
		name: 'without the grid',
		note: 'Only the query.',
		box: [180, 180],
		props: () => ({ ...grid, showGrid: false, query: { row: 2, column: 1 }, hovered: null })
	}
);
