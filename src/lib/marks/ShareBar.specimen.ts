import ShareBar from './ShareBar.svelte';
import { specimensOf } from './specimen';

export default specimensOf(
	ShareBar,
	{
		name: '',
		note: 'A share of a whole, in the colour of CLS.',
		props: () => ({ share: 0.184, label: 'CLS attends to itself' })
	},
	{
		name: 'waiting',
		note: 'The space is there before the data is.',
		props: () => ({ share: null, label: 'CLS attends to itself' })
	}
);
