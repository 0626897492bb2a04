import ColourCanvas from './ColourCanvas.canvas.svelte';
import { blobs, COLUMNS, ROWS, slowColours } from './fixtures';
import { specimensOf } from './specimen';

const grid = { rows: ROWS, columns: COLUMNS };

export default specimensOf(ColourCanvas)(
	{
		name: '',
		note: 'A colour of its own for each patch.',
		box: [112, 112],
		props: () => ({ ...grid, colours: slowColours() })
	},
	{
		name: 'of a mask',
		note: 'Patches that the mask leaves out are transparent.',
		box: [112, 112],
		props: () => ({ ...grid, colours: slowColours(), mask: blobs() })
	}
);
