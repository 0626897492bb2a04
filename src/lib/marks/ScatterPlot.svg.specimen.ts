import { fixturePhoto } from './fixtures';
import ScatterPlot from './ScatterPlot.svg.svelte';
import { specimensOf } from './specimen';

const places = [
	{ id: 'a', x: -3, y: 1, label: 'valley' },
	{ id: 'b', x: -2.5, y: 1.4, label: 'alp' },
	{ id: 'c', x: 2, y: -2, label: 'teapot', colour: 'var(--query)' },
	{ id: 'd', x: 3.2, y: 2.4, label: 'balloon', colour: 'var(--value)' },
	{ id: 'e', x: 0, y: 0.5, label: 'yours' }
];

function describe(id: string): string {
	const point = places.find((other) => other.id === id);
	return point ? `${point.label}\n${point.x}, ${point.y}` : '';
}

export default specimensOf(
	ScatterPlot,
	'plots'
)({
	name: '',
	note: 'Dots and pictures in the plane; here a unit is as long across as it is down.',
	props: ({ set }) => ({
		points: places.map((point) => (point.id === 'e' ? { ...point, image: fixturePhoto(96) } : point)),
		xTitle: 'First component',
		yTitle: 'Second component',
		label: 'Five made-up points',
		selected: 'c',
		onpick: (selected) => set({ selected }),
		describe,
		equal: true
	})
});
