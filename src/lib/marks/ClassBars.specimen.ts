import ClassBars from './ClassBars.svelte';
import { specimensOf } from './specimen';

export default specimensOf(
	ClassBars,
	{
		name: '',
		note: 'The likeliest classes, and what all others share.',
		props: () => ({
			top: [
				{ label: 'valley', score: 0.712 },
				{ label: 'alp, with a name that is long enough to need a second line', score: 0.163 },
				{ label: 'lakeside', score: 0.048 },
				{ label: 'volcano', score: 0.021 },
				{ label: 'balloon', score: 0.0004 }
			],
			kind: { scores: 'softmax', classes: 1000 }
		})
	},
	{
		name: 'each by itself',
		note: 'Probabilities that need not add up to 100 %, as of a model with several labels.',
		props: () => ({
			top: [
				{ label: 'ant', score: 0.653 },
				{ label: 'eel', score: 0.549 },
				{ label: 'dog', score: 0.533 }
			],
			kind: { scores: 'sigmoid', classes: 5 }
		})
	},
	{
		name: 'numbers',
		note: 'Of a regression: any numbers, from zero to either side, on a scale of their own.',
		props: () => ({
			top: [
				{ label: 'age, in years', score: 23.41 },
				{ label: 'tilt', score: -8.2 }
			],
			kind: { scores: 'number', classes: 2 }
		})
	},
	{
		name: 'waiting',
		note: 'The space is there before the data is.',
		props: () => ({ top: [], kind: { scores: 'softmax', classes: 1000 } })
	}
);
