import type { Carried } from '../../analysis/insides';
import recorded from './measured.json';

/** The unit in the middle of a CNN's map. */
export interface FieldRecord {
	/** The map's tap. */
	readonly name: string;
	/** Of its theoretical receptive field, in pixels, as far as it would reach if the photo had no edge. */
	readonly side: number;
	/** The share of the blocks, and of what follows them, that is done with this map; in (0, 1]. */
	readonly depth: number;
	/** The mean distance of its effective field from it, in pixels. */
	readonly distance: number;
	/** The side of the square around it that holds half of its effective field, in pixels. */
	readonly half: number;
	/** The share of its effective field in the middle 112 pixels of the photo each way. */
	readonly middle: number;
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
	/** Behind each block, and behind the last map, where that is no block's. */
	readonly fields: readonly FieldRecord[];
	/** What goes past each place where something is added. */
	readonly shortcuts: { readonly cnn: readonly Carried[]; readonly vit: readonly Carried[] };
	/** Mean attention distance in pixels, a row a block of the ViT, a number a head. */
	readonly distances: readonly (readonly number[])[];
}

/** The JSON's shape is checked by the test beside this. */
export const INSIDES = recorded as InsidesRecord;
