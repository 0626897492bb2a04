import MapCanvas from './MapCanvas.canvas.svelte';
import { DIVERGING } from './colour';
import { COLUMNS, ripples, ROWS } from './fixtures';
import { specimensOf } from './specimen';

const map = { values: ripples(), rows: ROWS, columns: COLUMNS, domain: [-1, 1], colourMap: DIVERGING } as const;

export default specimensOf(
	MapCanvas,
	{ name: '', note: 'Values as colours, which every map is drawn with.', box: [112, 112], props: () => map },
	{
		name: 'smooth',
		note: 'The same between its values.',
		box: [112, 112],
		props: () => ({ ...map, smooth: true })
	}
);
