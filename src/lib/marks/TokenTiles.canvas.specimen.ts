import { fixturePhoto } from './fixtures';
import { specimensOf } from './specimen';
import { flowOf } from './strip';
import TokenTiles from './TokenTiles.canvas.svelte';

const grid = { rows: 4, columns: 4 };
const sequence = Array.from({ length: grid.rows * grid.columns }, (_, i) => i + 1);

export default specimensOf(
	TokenTiles,
	'sequences'
)({
	name: '',
	note: 'The tiles of a token strip by themselves, clearer from one to the next.',
	box: [168, 84],
	props: () => ({
		picture: fixturePhoto(),
		...grid,
		sequence,
		values: sequence.map((token) => token / sequence.length),
		flow: flowOf(sequence.length, 168, 28),
		tile: 28
	})
});
