import { blobs, COLUMNS, ROWS } from './fixtures';
import MaskMarks from './MaskMarks.svg.svelte';
import { specimensOf } from './specimen';

const grid = { rows: ROWS, columns: COLUMNS };

export default specimensOf(MaskMarks, 'photo')(
	{
		name: '',
		note: 'Takes back what is outside of a mask, and draws a border around what is inside.',
		box: [180, 180],
		props: () => ({ ...grid, mask: blobs() })
	},
	{
		name: 'of nothing',
		note: 'A mask without a patch has no border.',
		box: [180, 180],
		props: () => ({ ...grid, mask: [], strength: 0.5 })
	}
);
