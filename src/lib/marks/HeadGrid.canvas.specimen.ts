import HeadGridCanvas from './HeadGrid.canvas.svelte';
import { attentionMaps, COLUMNS, ROWS } from './fixtures';
import { specimensOf } from './specimen';

export default specimensOf(
	HeadGridCanvas,
	'photo'
)({
	name: '',
	note: 'The maps of a head grid by themselves, a pixel a value; here on one scale for all.',
	box: [256, 128],
	props: ({ colourMap }) => ({
		maps: attentionMaps(2, 4, 62),
		rows: ROWS,
		columns: COLUMNS,
		blocks: 2,
		heads: 4,
		domainOf: () => [0, 0.2],
		colourMap
	})
});
