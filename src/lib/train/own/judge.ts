import type { Draw, Fold } from '../../analysis/held-out';
import { wilson, type CountedShare } from '../../analysis/wilson';

/** What a photo was taken for while it was held back. */
export interface Verdict {
	/** The photo, by its place among all. */
	readonly photo: number;
	/** Its class, and the one that it was taken for, from 0. */
	readonly label: number;
	readonly taken: number;
	/** Of the class that it was taken for: in [0, 1]. */
	readonly share: number;
}

/** Shares as the layers gave them, see `TrainedHeads`. */
interface Shares {
	readonly probabilities: Float32Array;
	readonly labels: readonly number[];
	readonly classes: number;
}

/** @param layer of those that were trained @param photo by its place among all */
function verdict({ probabilities, labels, classes }: Shares, layer: number, photo: number): Verdict {
	const start = (layer * labels.length + photo) * classes;
	const shares = probabilities.subarray(start, start + classes);
	const share = Math.max(...shares);
	return { photo, label: labels[photo] ?? 0, taken: shares.indexOf(share), share };
}

/** What each photo is taken for by the layer that has not seen it. @param first the layer of the first fold */
export function verdictsOf(shares: Shares, folds: readonly Fold[], first: number): Verdict[] {
	const all = folds.flatMap(({ asked }, i) => asked.map((photo) => verdict(shares, first + i, photo)));
	return all.sort((a, b) => a.photo - b.photo);
}

const isRight = ({ label, taken }: Verdict) => label === taken;

/** How many are right, with the interval that their number leaves. @param verdicts at least one */
export function accuracyOf(
	verdicts: readonly Verdict[]
): CountedShare & { readonly right: number; readonly all: number } {
	const right = verdicts.filter(isRight).length;
	return { ...wilson(right, verdicts.length), right, all: verdicts.length };
}

/** The photos by their class (first) and by what they were taken for (second). */
export function confusionOf(verdicts: readonly Verdict[], classes: number): Verdict[][][] {
	return Array.from({ length: classes }, (_, label) =>
		Array.from({ length: classes }, (_, taken) => {
			return verdicts.filter((one) => one.label === label && one.taken === taken);
		})
	);
}

/** What a number of photos a class comes to. */
export interface CurvePoint {
	/** Photos of each class that were learned from. */
	readonly size: number;
	/** The share of all others that are right: the mean over the draws, the lowest and the highest. */
	readonly mean: number;
	readonly low: number;
	readonly high: number;
	readonly draws: number;
}

/** A learning curve. @param shares of the layers of the draws, in their order */
export function curveOf(shares: Shares, draws: readonly Draw[]): CurvePoint[] {
	const each = draws.map(({ size, asked }, layer) => {
		const right = asked.filter((photo) => isRight(verdict(shares, layer, photo))).length;
		return { size, share: right / asked.length };
	});
	return [...new Set(each.map(({ size }) => size))].map((size) => {
		const found = each.filter((one) => one.size === size).map(({ share }) => share);
		const mean = found.reduce((sum, share) => sum + share, 0) / found.length;
		return { size, mean, low: Math.min(...found), high: Math.max(...found), draws: found.length };
	});
}

/**
 * What can be said of an accuracy for sure, and what not.
 * @param classes how many there are, so that guessing is right in one of so many
 */
export function honestWords({ low, high, all }: CountedShare & { readonly all: number }, classes: number): string {
	const range = `between ${percent(low)} and ${percent(high)}`;
	const guessing = `${percent(1 / classes)}, which is what guessing comes to`;
	if (low <= 1 / classes)
		return `${photos(all)} are too few to tell this from luck: on new photos of the same kind it may be right ${range} of the time, and ${guessing}, lies within. Add photos.`;
	if (high - low > 0.2)
		return `With ${photos(all)} that is known only roughly: on new photos of the same kind it is probably right ${range} of the time. More photos narrow that down.`;
	return `On new photos of the same kind it is probably right ${range} of the time.`;
}

const photos = (count: number) => (count === 1 ? 'one photo' : `${count} photos`);
/** A share in whole percent: nothing counted on some photos is known more exactly. */
export const percent = (share: number) => `${Math.round(100 * share)} %`;
