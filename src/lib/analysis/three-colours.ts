import type { Pause } from '../base/slices';
import { quantileOf } from './linear';
import { pca, project, type Pca } from './pca';

/** What becomes of the first three principal components: red, green and blue. */
const CHANNELS = 3;
/** The share of all variance below which a component is not told from the rounding of single precision. */
const NOTHING = 1e-10;
/** The share of the places on either side that a channel's range leaves out. */
const TAIL = 0.01;
/** What a channel shows of a component that there is not: neither little nor much. */
const MIDDLE = 0.5;

/**
 * Three directions of some patches' features, and how a patch's place along each becomes a part of its colour. One fit
 * may serve many photos: what it draws in one colour is then alike in all of them.
 */
export interface ColourFit {
	/** As many components as told from rounding, at most three. */
	readonly pca: Pca;
	/** The share of all variance that each of the three holds, in [0, 1]; 0 of one that there is not. */
	readonly shares: readonly number[];
	/**
	 * The lowest and the highest place along each of the three, between which its channel goes from 0 to 255: the first
	 * and the last hundredth of the patches that were fitted are left out, so that one far patch does not make all others
	 * alike. Both 0 of a component that there is not.
	 */
	readonly ranges: readonly (readonly [low: number, high: number])[];
}

/**
 * The first three principal components of patches' features, to be drawn as red, green and blue (Oquab et al. 2023,
 * DINOv2, arXiv 2304.07193, figure 1 and section 7.5). Each component points where its largest element is positive, so
 * that the same features always have the same colours; which way an eigenvector points has no meaning.
 * @param photos (patches, width) each: the features of one photo, or of several that are fitted together. A patch with a
 * feature that is no finite number is left out.
 * @param pause awaited between slices of a few milliseconds
 * @throws what `pause` throws
 */
export async function fitColours(
	photos: readonly Float32Array[],
	width: number,
	pause: Pause = () => undefined
): Promise<ColourFit> {
	const rows = joined(photos.map((features) => rowsWhere(features, width, (row) => row.every(Number.isFinite))));
	const found = withoutRounding(await pca(rows, width, CHANNELS, pause));
	const places = await placesOf(rows, found, pause);
	const channels = Array.from({ length: CHANNELS }, (_, i) => i);
	return {
		pca: found,
		shares: channels.map((i) => (found.total > 0 ? (found.variances[i] ?? 0) / found.total : 0)),
		ranges: channels.map((i) => rangeOf(places.filter((_, at) => at % CHANNELS === i)))
	};
}

function withoutRounding(found: Pca): Pca {
	const count = found.variances.findLastIndex((variance) => variance > NOTHING * found.total) + 1;
	const { components, variances, width } = found;
	return { ...found, components: components.slice(0, count * width), variances: variances.slice(0, count) };
}

function rangeOf(places: Float32Array): [low: number, high: number] {
	const sorted = places.sort();
	return [quantileOf(sorted, TAIL), quantileOf(sorted, 1 - TAIL)];
}

/**
 * Where each patch lies along the three components, from the mean of what was fitted; 0 along one that there is not.
 * @param features (patches, width), of any photo
 * @returns (patches, 3)
 * @throws what `pause` throws
 */
export async function placesOf(
	features: Float32Array,
	found: Pca,
	pause: Pause = () => undefined
): Promise<Float32Array> {
	const { width } = found;
	const places = new Float32Array((CHANNELS * features.length) / width);
	for (let patch = 0; CHANNELS * patch < places.length; patch++) {
		await pause();
		places.set(project(features.subarray(patch * width, (patch + 1) * width), found), CHANNELS * patch);
	}
	return places;
}

/**
 * A colour for each patch: its place along the three components, each within the range of the fit and the same for every
 * photo; places outside are drawn as the nearer end, and a component that there is not as half bright.
 * @param places (patches, 3), of {@link placesOf}
 * @returns (patches, 3): red, green and blue in [0, 255]; 0 where a place is not finite
 */
export function coloursOf(places: Float32Array, { ranges }: Pick<ColourFit, 'ranges'>): Uint8ClampedArray {
	return Uint8ClampedArray.from(places, (place, at) => {
		const [low, high] = ranges[at % CHANNELS] ?? [0, 0];
		if (!Number.isFinite(place)) return 0;
		return 255 * (high > low ? (place - low) / (high - low) : MIDDLE);
	});
}

/** Which side of the threshold the subject is on. */
export type Side = 'above' | 'below';

/**
 * Parts the subject from the ground by the first component, as Oquab et al. 2023 do (section 7.5): they keep what is
 * positive, which is what is above 0. Which side is the subject is not in the features; a reader says so.
 * @param places (patches, 3), of {@link placesOf}
 * @param threshold in the units of the first component, where 0 is the mean of the patches that were fitted
 * @returns (patches): 1 for the subject, 0 for the ground. A patch exactly on the threshold is on neither side.
 */
export function subjectOf(places: Float32Array, threshold = 0, side: Side = 'above'): Uint8Array {
	return Uint8Array.from({ length: places.length / CHANNELS }, (_, patch) => {
		const place = places[CHANNELS * patch] ?? NaN;
		return Number(side === 'above' ? place > threshold : place < threshold);
	});
}

/**
 * The features of some patches alone, to {@link fitColours} to the subject a second time, as the paper does.
 * @param mask (patches): 0 for those that are left out
 * @returns (fewer patches, width): a copy
 */
export function featuresIn(features: Float32Array, width: number, mask: Uint8Array): Float32Array {
	return rowsWhere(features, width, (_, patch) => mask[patch] !== 0);
}

function rowsWhere(
	features: Float32Array,
	width: number,
	keep: (row: Float32Array, patch: number) => boolean
): Float32Array {
	const rows = Array.from({ length: features.length / width }, (_, i) => features.subarray(i * width, (i + 1) * width));
	return joined(rows.filter(keep));
}

function joined(parts: readonly Float32Array[]): Float32Array {
	const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
