import type { Domain } from '../marks/raster';
import type { OverlayEntry, OverlayHost } from './overlays';

/** What a view says of the map of the chosen head, or of what its model has in place of heads. */
export interface ChosenMap extends OverlayHost {
	/** What such a map is called in a list. */
	readonly mapName: string;
	/** The block and the head. */
	readonly chosenTitle: string;
	/** Whether values lie on both sides of 0. */
	readonly isMapSigned: boolean;
	domainOfMap(values: Float32Array): Domain;
	/** What the scale is, where there is a map. */
	readonly scaleSentence: string;
	/** A token of the map with its value. */
	sayValue(token: number): string;
}

const NO_PATTERN = 'This model has no attention to draw: nothing in it weighs one place against another.';

/** Why there is no map of a head; empty where there is one, and while nothing is shown. */
export const whyNoMap = ({ values, shown, hasMap }: OverlayHost): string =>
	values || hasMap || !shown ? '' : NO_PATTERN;

/** The query's map in the chosen head: its attention. In links it has that name whatever the model has in its place. */
export function chosenMapOverlay(view: ChosenMap): OverlayEntry {
	return {
		id: 'attention',
		get name() {
			return view.mapName;
		},
		title: () => (view.shown && !view.values && !view.hasMap ? view.mapName : view.chosenTitle),
		block: () => (view.hasMap ? view.selection.block : null),
		values: () => view.values,
		domain: (values) => view.domainOfMap(values),
		sentence: () => (view.values ? view.scaleSentence : whyNoMap(view)),
		get alpha() {
			return view.isMapSigned ? ('opaque' as const) : ('ramp' as const);
		},
		get isSigned() {
			return view.isMapSigned;
		},
		say: (token, name) => (view.values ? view.sayValue(token) : name)
	};
}
