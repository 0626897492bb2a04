import type { Component } from 'svelte';
import type { SequentialMap } from './colour';

/** What a specimen's props may depend on while it is on show. */
export interface Showing<Props> {
	/** The colour map that the reader of the gallery has chosen. */
	readonly colourMap: SequentialMap;
	/** Changes props, as whoever uses the mark does when it is picked from. */
	set(change: Partial<Props>): void;
	/** What has been set so far. */
	readonly now: Partial<Props>;
}

/** A mark with given props: an entry of the gallery, and what a screenshot is compared with. */
export interface Specimen<Props = Record<string, unknown>> {
	/** What sets it apart from the mark's others, in a few words; empty for the first. */
	readonly name: string;
	/** What it shows and what it is for, in a sentence. */
	readonly note: string;
	/** Whether it takes the whole width of the gallery. */
	readonly wide?: boolean;
	/** For marks that fill what they lie in: the size of that, in pixels. */
	readonly box?: readonly [width: number, height: number];
	/** Whether it lies in the SVG of a plot. */
	readonly svg?: boolean;
	/** Asked for in the browser only, and again when the colour map or what was set has changed. */
	props(showing: Showing<Props>): Props;
}

/** The parts of the gallery that marks stand in, by the names that its address knows them by. */
export const SECTIONS = {
	photo: 'Attention over a photo',
	marks: 'Maps, bars and the rail',
	sequences: 'Tokens and pixels',
	vectors: 'Matrices and vectors',
	plots: 'Plots'
} as const;
export type Section = keyof typeof SECTIONS;

/** What `X.specimen.ts` exports by default, for the mark `X.svelte` beside it. */
export interface Specimens {
	readonly component: Component<Record<string, unknown>>;
	readonly section: Section;
	readonly list: readonly Specimen[];
}

/** What every component can be seen as, whatever its props are. */
type AnyMark = (internals: never, props: never) => unknown;
type PropsOf<Mark extends AnyMark> = Mark extends (internals: never, props: infer Props) => unknown ? Props : never;

/** A mark with its specimens, whose props are checked against the mark's own; those are settled before the list is read. */
export function specimensOf<Mark extends AnyMark>(component: Mark, section: Section = 'marks') {
	// Whoever shows them only hands the props on, and need not know them.
	return (...list: readonly Specimen<PropsOf<Mark>>[]): Specimens =>
		({ component, section, list }) as unknown as Specimens;
}
