import Legend from './Legend.svelte';
import { DIVERGING } from './colour';
import { specimensOf } from './specimen';

export default specimensOf(
	Legend,
	{
		name: '',
		note: 'What the colours stand for, and whose scale it is.',
		props: ({ colourMap }) => ({
			domain: [0, 0.183],
			colourMap,
			note: 'Scale: this head’s own maximum, for this query.'
		})
	},
	{
		name: 'signed',
		note: 'From the lowest to the highest, with zero in the middle.',
		props: () => ({ domain: [-1, 1], colourMap: DIVERGING, note: 'Scale: from −1 to 1.' })
	}
);
