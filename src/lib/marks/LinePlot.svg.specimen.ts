import LinePlot from './LinePlot.svg.svelte';
import { specimensOf } from './specimen';

function curve(of: (block: number) => number): [number, number][] {
	return Array.from({ length: 12 }, (_, i) => [i + 1, of(i + 1)]);
}

export default specimensOf(
	LinePlot,
	'plots'
)({
	name: '',
	note: 'Lines over a common axis: left and right along a line, up and down to the next one.',
	props: () => ({
		series: [
			{
				...{ id: 'cls', label: 'CLS', colour: 'var(--cls)', dots: true },
				points: curve((i) => 12 * (1 - Math.exp(-i / 3)))
			},
			{ id: 'patches', label: 'Patches, mean', colour: 'var(--residual)', points: curve((i) => 3 + 0.6 * i) },
			{ id: 'start', label: 'At the start', colour: 'var(--ink-2)', dashed: true, points: curve(() => 3) }
		],
		xTitle: 'Block',
		yTitle: 'Norm',
		label: 'Three made-up curves over twelve blocks',
		markedX: 4
	})
});
