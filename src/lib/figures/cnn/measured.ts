import type { Shortcut } from '../../analysis/shortcuts';
import recorded from './measured.json';

/** A place of {@link shortcutsOf}, and how many times as long as what is added is what goes past it; see `carried`. */
export interface CarriedRecord extends Pick<Shortcut, 'stem' | 'part'> {
	readonly places: number;
	/** Of the CLS token; null where there is none. */
	readonly cls: number | null;
}

/** How two networks see the same photos, as `npm run pair -- --what insides` measured it. */
export interface InsidesRecord {
	readonly names: { readonly cnn: string; readonly vit: string };
	/** `2026-11-29` */
	readonly date: string;
	readonly command: string;
	readonly photos: number;
	/** The share of the photos on which both name the same class first. */
	readonly same: number;
	/** The taps that are compared, in order; see `blockOutputs`. */
	readonly cnn: readonly string[];
	readonly vit: readonly string[];
	/** Linear CKA of the means over the places of every two taps, the CNN's first: symmetric. */
	readonly cka: readonly (readonly number[])[];
	/** Linear CKA of what the two heads read. */
	readonly ends: number;
	/** Spearman's correlation of the drops that 49 grey squares cause, its mean over some of the photos. */
	readonly occlusion: { readonly photos: number; readonly correlation: number };
	/** What goes past each place where something is added. */
	readonly shortcuts: { readonly cnn: readonly CarriedRecord[]; readonly vit: readonly CarriedRecord[] };
	/** Mean attention distance in pixels, a row a block of the ViT, a number a head. */
	readonly distances: readonly (readonly number[])[];
}

/** The JSON's shape is checked by the test beside this. */
export const INSIDES = recorded as InsidesRecord;
