import type { Attributes } from '$lib/figures/figure';
import type { Specimens } from '$lib/marks/specimen';

/** Marks and figures as they are found beside their own files: adding one there is all that the gallery needs. */
const ofMarks = import.meta.glob<{ default: Specimens }>('../../lib/marks/*.specimen.ts', { eager: true });
const ofFigures = import.meta.glob<{ specimens: readonly Attributes[] }>('../../lib/figures/*/specimens.ts', {
	eager: true
});

/** Every mark with its specimens: `Heatmap.canvas` is what `Heatmap.canvas.specimen.ts` says of it. */
export const MARKS = Object.entries(ofMarks).map(([path, { default: specimens }]) => ({
	name: path.split('/').at(-1)?.replace('.specimen.ts', '') ?? path,
	...specimens
}));

export type Listed = (typeof MARKS)[number];

/** Every figure, by the name of its folder, with the attributes of the states in which it is shown. */
export const FIGURE_STATES = Object.entries(ofFigures).map(([path, { specimens }]) => ({
	name: path.split('/').at(-2) ?? path,
	states: specimens
}));

/** Attributes in words, as a heading has them. */
export const stateInWords = (attributes: Attributes): string =>
	Object.entries(attributes)
		.map(([key, value]) => `${key} ${value}`)
		.join(', ');
