import { createRawSnippet } from 'svelte';
import PlotFrame from './PlotFrame.svelte';
import { specimensOf } from './specimen';

const HEIGHT = 90;
/** A snippet is one element, and this one must be an SVG's. */
const axes = createRawSnippet<[number]>((width) => ({
	render: () =>
		`<svg overflow="visible"><path d="M0 0V${HEIGHT}H${width()}" fill="none" stroke="var(--rule-strong)" /></svg>`
}));
const plot = createRawSnippet<[number]>(() => ({
	render: () => '<div style="height: 100%; background: var(--surface-2)"></div>'
}));

export default specimensOf(
	PlotFrame,
	'plots'
)({
	name: '',
	note: 'The room of a plot, with margins for its axes.',
	props: () => ({ height: HEIGHT, axes, plot })
});
