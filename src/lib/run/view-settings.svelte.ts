import { SHARE } from '../analysis/attention-mask';
import { COLOUR_MAPS, type SequentialMap } from '../marks/colour';
import { OF_BLOCK, OF_FEATURES } from './url';
import type { FeaturesOf, Fit, Overlay, Permalink, Scale, Subject } from './url';

const USUAL = {
	overlay: 'attention' as Overlay,
	opacity: 0.75,
	colourMap: 'magma' as SequentialMap,
	smooth: false,
	scale: 'head' as Scale,
	grid: true,
	seen: false,
	features: 'end' as FeaturesOf,
	fit: 'photo' as Fit,
	subject: 'all' as Subject,
	threshold: 0.5,
	mass: SHARE
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
	#scale = $state<Scale>(USUAL.scale);
	/** Lines between the patches. */
	grid = $state(USUAL.grid);
	/** The pixels that the model saw, in place of the sharp photo. */
	seen = $state(USUAL.seen);
	/** Which of the patches' features make the colours and the likeness. */
	features = $state<FeaturesOf>(USUAL.features);
	/** What the colours of the features are fitted to. */
	fit = $state<Fit>(USUAL.fit);
	/** The patches that are coloured by their features. */
	subject = $state<Subject>(USUAL.subject);
	/** Where on the first component they begin or end: 0 at its least on the photo, 1 at its most. */
	threshold = $state(USUAL.threshold);
	/** The share of a head's weight on the patches that the mask holds, in (0, 1]. */
	mass = $state(USUAL.mass);

	/** What the colours of a map reach up to. */
	get scale(): Scale {
		return this.#scale;
	}

	set scale(scale: Scale) {
		this.#scale = scale;
	}

	/**
	 * Goes on with what lies there of the chosen block already, or else with its attention.
	 * @param stays whether it is of the chosen block in the view at hand, though not in every one
	 */
	showBlock(stays = false): void {
		const isThere =
			stays || OF_BLOCK.includes(this.overlay) || (OF_FEATURES.includes(this.overlay) && this.features === 'block');
		if (!isThere) this.overlay = 'attention';
	}

	/** The same of the chosen head. */
	showHead(): void {
		if (this.overlay !== 'mask') this.overlay = 'attention';
	}

	/** Takes over what a link says, field by field. */
	open(link: Partial<Permalink>): void {
		if (link.overlay !== undefined) this.overlay = link.overlay;
		if (link.opacity !== undefined) this.opacity = link.opacity;
		this.colourMap = COLOUR_MAPS.find((id) => id === link.colourMap) ?? this.colourMap;
		if (link.smooth !== undefined) this.smooth = link.smooth;
		if (link.scale !== undefined) this.scale = link.scale;
		if (link.grid !== undefined) this.grid = link.grid;
		if (link.seen !== undefined) this.seen = link.seen;
		if (link.features !== undefined) this.features = link.features;
		if (link.fit !== undefined) this.fit = link.fit;
		if (link.subject !== undefined) this.subject = link.subject;
		if (link.threshold !== undefined) this.threshold = link.threshold;
		if (link.mass !== undefined) this.mass = link.mass;
	}

	/** What a link must say to come back here: whatever is not as usual. */
	get link(): Partial<Permalink> {
		const keys = Object.keys(USUAL) as (keyof typeof USUAL)[];
		return Object.fromEntries(keys.filter((key) => this[key] !== USUAL[key]).map((key) => [key, this[key]]));
	}
}
