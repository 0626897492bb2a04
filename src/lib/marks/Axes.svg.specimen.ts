import { scaleLinear } from 'd3';
import Axes from './Axes.svg.svelte';
import { specimensOf } from './specimen';

const size = { width: 280, height: 140 };

export default specimensOf(
	Axes,
	'plots'
)({
	name: '',
	note: 'What every plot stands on: rules at round numbers, the titles at the ends.',
	box: [340, 210],
	svg: true,
	props: () => ({
		x: scaleLinear([1, 12], [0, size.width]),
		y: scaleLinear([-0.5, 1], [size.height, 0]),
		...size,
		xTitle: 'Block',
		yTitle: 'Cosine'
	})
});
