import Heatmap from './Heatmap.canvas.svelte';
import { DIVERGING } from './colour';
import { bump, COLUMNS, ripples, ROWS } from './fixtures';
import { specimensOf } from './specimen';

const hill = { values: bump(4, 9, 3), rows: ROWS, columns: COLUMNS, domain: [0, 1] } as const;

export default specimensOf(
	Heatmap,
	{
		name: '',
		note: 'A square a value, and one cell marked.',
		props: ({ colourMap }) => ({ ...hill, colourMap, label: 'A bump, nearest', marked: { row: 4, column: 9 } })
	},
	{
		name: 'smooth',
		note: 'Between the values, as it is read more easily.',
		props: ({ colourMap }) => ({ ...hill, colourMap, smooth: true, label: 'A bump, smooth' })
	},
	{
		name: 'over a photo',
		note: 'With an alpha that grows with the value, so that what lies under it shows where little is.',
		props: ({ colourMap }) => ({ ...hill, colourMap, alpha: 'ramp', label: 'A bump, clear where it is low' })
	},
	{
		name: 'signed',
		note: 'The diverging map is for signed values, on a domain symmetric about zero.',
		props: () => ({ ...hill, values: ripples(), domain: [-1, 1], colourMap: DIVERGING, label: 'Ripples' })
	}
);
