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

/** What `X.specimen.ts` exports by default, for the mark `X.svelte` beside it. */
export interface Specimens {
	readonly component: Component<Record<string, unknown>>;
	readonly list: readonly Specimen[];
}

/** What of a component tells its props. */
type Takes<Props> = (internals: never, props: Props) => unknown;

/** A mark with its specimens, whose props are checked against the mark's own. */
export function specimensOf<Props>(component: Takes<Props>, ...list: readonly Specimen<NoInfer<Props>>[]): Specimens {
	// Whoever shows them only hands the props on, and need not know them.
	return { component, list } as unknown as Specimens;
}
