import ColourLegend from './ColourLegend.svelte';
import { specimensOf } from './specimen';

const names = ['first component', 'second component', 'third component'];

export default specimensOf(ColourLegend)(
	{
		name: '',
		note: 'Which component each colour stands for, and how much of what differs it holds.',
		props: () => ({
			components: names.map((name, i) => ({ name, share: [0.412, 0.138, 0.0694][i] ?? null })),
			note: 'Scale: from the first to the last hundredth of this photo’s patches.'
		})
	},
	{
		name: 'waiting',
		note: 'The space is there before the shares are known.',
		props: () => ({
			components: names.map((name) => ({ name, share: null })),
			note: 'Scale: of all photos together.'
		})
	}
);
