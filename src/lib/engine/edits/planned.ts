/** What is done to a tap, once it is known what shape it has. Masks are 1 where the tap changes; null for everywhere. */
export type Planned =
	| { readonly kind: 'values'; readonly mask: Mask; readonly values: Numbers }
	| { readonly kind: 'scale'; readonly mask: Mask; readonly by: number }
	| { readonly kind: 'add'; readonly mask: Mask; readonly values: Numbers }
	| { readonly kind: 'mean'; readonly mask: Mask; readonly from: MeanOf }
	| { readonly kind: 'photos'; readonly mask: Mask; readonly runs: readonly string[] }
	| { readonly kind: 'replace'; readonly mask: Mask; readonly run: string }
	/** The places of an axis, in their new order; fewer than before where some are taken out. */
	| { readonly kind: 'take'; readonly axis: number; readonly places: readonly number[] };

export type Mask = Uint8Array | null;
/** One number, or one for each number of the tap. */
export type Numbers = number | Float32Array;

/** A mean over some axes of what the mask lets through. */
export interface MeanOf {
	/** The tap that it is taken of; null for the edited one itself, as it is by then. */
	readonly tap: string | null;
	/** Shape of that tap. */
	readonly shape: readonly number[];
	readonly mask: Mask;
	readonly axes: readonly number[];
	/** How many numbers each mean is of. */
	readonly count: number;
}
