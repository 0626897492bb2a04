import { COLOUR_MAPS, type SequentialMap } from '../marks/colour';
import type { Permalink, Scale, Overlay } from './url';

const USUAL = {
	overlay: 'attention' as Overlay,
	opacity: 0.75,
	colourMap: 'magma' as SequentialMap,
	smooth: false,
	scale: 'head' as Scale,
	grid: true,
	seen: false
};

/** How things are drawn. None of it changes what the model computes. */
export class ViewSettings {
	/** What lies over the photo. */
	overlay = $state<Overlay>(USUAL.overlay);
	/** Of the map over the photo, in [0, 1]. */
	opacity = $state(USUAL.opacity);
	colourMap = $state<SequentialMap>(USUAL.colourMap);
	/** Between the patches: smooth, or one flat square a patch, as it is. */
	smooth = $state(USUAL.smooth);
	scale = $state<Scale>(USUAL.scale);
	/** Lines between the patches. */
	grid = $state(USUAL.grid);
	/** The pixels that the model saw, in place of the sharp photo. */
	seen = $state(USUAL.seen);

	/** Takes over what a link says, field by field. */
	open(link: Partial<Permalink>): void {
		if (link.overlay !== undefined) this.overlay = link.overlay;
		if (link.opacity !== undefined) this.opacity = link.opacity;
		this.colourMap = COLOUR_MAPS.find((id) => id === link.colourMap) ?? this.colourMap;
		if (link.smooth !== undefined) this.smooth = link.smooth;
		if (link.scale !== undefined) this.scale = link.scale;
		if (link.grid !== undefined) this.grid = link.grid;
		if (link.seen !== undefined) this.seen = link.seen;
	}

	/** What a link must say to come back here: whatever is not as usual. */
	get link(): Partial<Permalink> {
		const { overlay, opacity, colourMap, smooth, scale, grid, seen } = this;
		const now = { overlay, opacity, colourMap, smooth, scale, grid, seen };
		const keys = Object.keys(now) as (keyof typeof now)[];
		return Object.fromEntries(keys.filter((key) => now[key] !== USUAL[key]).map((key) => [key, now[key]]));
	}
}
