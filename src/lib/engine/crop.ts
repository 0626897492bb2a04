/**
 * A square or rectangular region of the upright photo (after its EXIF orientation), in that photo's pixels; may be
 * fractional. It is what the model's whole input shows.
 */
export interface Crop {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}
