import { signed, waves } from './fixtures';
import { specimensOf } from './specimen';
import VectorBars from './VectorBars.svelte';

const long = waves(192);
const describe = (i: number) => `Feature ${i + 1}\n${signed(long[i])}`;

export default specimensOf(VectorBars, 'vectors')(
	{
		name: '',
		note: 'A vector as signed bars, one of them chosen.',
		props: ({ set }) => ({
			values: long,
			colour: 'var(--residual)',
			label: 'A vector of 192 numbers',
			title: 'Feature',
			marked: 20,
			onpick: (marked) => set({ marked }),
			describe
		})
	},
	{
		name: 'short',
		note: 'On a domain that is given, as where several are compared.',
		props: () => ({
			values: long.subarray(0, 24),
			domain: [-2, 2],
			colour: 'var(--value)',
			label: 'A vector of 24 numbers',
			describe
		})
	}
);
