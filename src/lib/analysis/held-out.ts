import { shuffled } from '../base/shuffled';

/** Photos up to which each is held back by itself. */
const MOST_ALONE = 40;
/** Parts of equal size that are held back in turn where there are more. */
const PARTS = 10;

/** Some photos that are held back while a classifier learns from the others. */
export interface Fold {
	/** 1 for each photo that is learned from. */
	readonly learns: Uint8Array;
	/** The photos that are held back, and asked about. */
	readonly asked: readonly number[];
}

/**
 * Every photo is held back once: alone, or, where there are many, with a tenth of all, of each class as many as can be.
 * @param labels the class of each photo, from 0
 * @param seed of the order in which photos are dealt out
 */
export function foldsOf(labels: readonly number[], seed = 1): Fold[] {
	const parts = labels.length <= MOST_ALONE ? labels.length : PARTS;
	const dealt = dealtOut(labels, seed);
	return Array.from({ length: parts }, (_, part) => {
		const asked = dealt.filter((_, place) => place % parts === part).sort((a, b) => a - b);
		return { learns: allBut(labels.length, asked), asked };
	});
}

/** All photos in a seeded order, class by class, so that dealing them out in turn gives everybody of every class. */
function dealtOut(labels: readonly number[], seed: number): number[] {
	return shuffled(labels.length, seed).sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0));
}

function allBut(count: number, asked: readonly number[]): Uint8Array {
	const learns = new Uint8Array(count).fill(1);
	for (const photo of asked) learns[photo] = 0;
	return learns;
}

/** As many photos of each class as `size` says, at random; all others are asked about. */
export interface Draw extends Fold {
	/** Photos of each class that are learned from. */
	readonly size: number;
}

/** Draws of each size. */
export const DRAWS = 8;

/**
 * Draws for a learning curve: of 1, 2, 3, 5, 8, ... photos a class, as long as at least one of each class is left to be
 * asked about.
 * @param labels the class of each photo, from 0; of every class below the largest there is one
 */
export function drawsOf(labels: readonly number[], seed = 1): Draw[] {
	const classes = Math.max(...labels) + 1;
	const fewest = Math.min(...Array.from({ length: classes }, (_, k) => labels.filter((label) => label === k).length));
	return sizesUpTo(fewest - 1).flatMap((size) => Array.from({ length: DRAWS }, (_, i) => draw(labels, size, seed + i)));
}

function sizesUpTo(most: number): number[] {
	const sizes: number[] = [];
	for (let [size, next] = [1, 2]; size <= most; [size, next] = [next, size + next]) sizes.push(size);
	// The end of the curve is what all but one photo of the smallest class give.
	return most > 0 && sizes.at(-1) !== most ? [...sizes, most] : sizes;
}

function draw(labels: readonly number[], size: number, seed: number): Draw {
	const taken = new Map<number, number>();
	const learns = new Uint8Array(labels.length);
	for (const photo of shuffled(labels.length, seed)) {
		const label = labels[photo] ?? 0;
		const count = taken.get(label) ?? 0;
		if (count === size) continue;
		taken.set(label, count + 1);
		learns[photo] = 1;
	}
	return { size, learns, asked: labels.flatMap((_, photo) => (learns[photo] ? [] : [photo])) };
}
