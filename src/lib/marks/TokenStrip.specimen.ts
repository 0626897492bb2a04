import { bump, COLUMNS, fixturePhoto, ROWS } from './fixtures';
import { specimensOf } from './specimen';
import TokenStrip from './TokenStrip.svelte';

/** Every fifth patch in turn: a shuffle that is the same on every visit. */
const shuffled = Array.from({ length: ROWS * COLUMNS }, (_, i) => 1 + ((5 * i) % (ROWS * COLUMNS)));

export default specimensOf(TokenStrip, 'sequences')(
	{
		name: '',
		note: 'The sequence of tokens, CLS first, in lines like text; the arrow keys choose.',
		wide: true,
		props: ({ set }) => ({
			picture: fixturePhoto(),
			rows: ROWS,
			columns: COLUMNS,
			token: 37,
			onpick: (token) => set({ token }),
			label: 'Tokens of a painted landscape',
			withCls: true
		})
	},
	{
		name: 'shuffled and weighted',
		note: 'In another order, and as clear as a weight for each patch says.',
		props: () => ({
			picture: fixturePhoto(),
			rows: ROWS,
			columns: COLUMNS,
			token: null,
			label: 'Shuffled tokens',
			order: shuffled,
			values: bump(4, 9, 3),
			tile: 20
		})
	}
);
