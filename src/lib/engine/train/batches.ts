import { shuffled } from '../../base/shuffled';
import type { Pictures, Recipe } from './contract';
import { chanceOf, type Chance } from './pictures/chance';

/** Pictures that a network sees at once. */
export interface Batch {
	/** (count, 3, size, size), from -1 to 1. */
	readonly pixels: Float32Array;
	readonly labels: readonly number[];
	/** In pixels. */
	readonly size: number;
}

/** Apart from all other uses of a recipe's seed. */
const ORDER = 1;
const CHANGES = 2;

/**
 * The batches that a training goes through: all pictures come once in an order by chance, then all in another. A batch
 * depends on the recipe and the step's number alone.
 */
export class Batches {
	readonly #pictures: Pictures;
	readonly #recipe: Recipe;
	/** The order of the round that was asked for last. */
	#round = -1;
	#order: readonly number[] = [];

	constructor(pictures: Pictures, recipe: Recipe) {
		this.#pictures = pictures;
		this.#recipe = recipe;
	}

	/** @param step counted from 0 */
	at(step: number): Batch {
		const { batch, seed, mirror, shift } = this.#recipe;
		const { mirrors, shifts, size } = this.#pictures;
		const chance = chanceOf(seed, CHANGES, step);
		const indices = Array.from({ length: batch }, (_, i) => this.#indexAt(step * batch + i));
		const changes = { mirror: mirror && mirrors, shift: shifts ? shift : 0 };
		return batchOf(this.#pictures, indices, (pixels) => changed(pixels, size, changes, chance));
	}

	/** Which picture comes in a place, over all rounds. */
	#indexAt(place: number): number {
		const { count } = this.#pictures;
		const round = Math.floor(place / count);
		if (round !== this.#round) {
			this.#round = round;
			this.#order = shuffled(count, chanceOf(this.#recipe.seed, ORDER, round).below(2 ** 31));
		}
		return this.#order[place % count] ?? 0;
	}
}

/** Pictures by their numbers. */
export function batchOf(
	pictures: Pictures,
	indices: readonly number[],
	change: (pixels: Float32Array) => Float32Array = (pixels) => pixels
): Batch {
	const { size } = pictures;
	const length = 3 * size * size;
	const pixels = new Float32Array(indices.length * length);
	const labels = indices.map((index, i) => {
		const picture = pictures.at(index);
		pixels.set(change(picture.pixels), i * length);
		return picture.label;
	});
	return { pixels, labels, size };
}

/** Mirrored half of the time, and moved by up to `shift` pixels each way; what comes in at a side is that side's own line. */
function changed(
	pixels: Float32Array,
	size: number,
	{ mirror, shift }: { readonly mirror: boolean; readonly shift: number },
	chance: Chance
): Float32Array {
	if (!mirror && shift === 0) return pixels;
	const isMirrored = mirror && chance.next() < 0.5;
	const [right, down] = [chance.below(2 * shift + 1) - shift, chance.below(2 * shift + 1) - shift];
	const within = (at: number) => Math.min(size - 1, Math.max(0, at));
	return pixels.map((_, i) => {
		const [x, y] = [i % size, Math.floor(i / size) % size];
		const from = within(x - right);
		const plane = i - (i % (size * size));
		return pixels[plane + within(y - down) * size + (isMirrored ? size - 1 - from : from)] ?? 0;
	});
}

/** A batch as rows of patches, each laid out as a kernel is: (count patches, 3 p p); see `toPatches`. */
export function patchRows({ pixels, size }: Pick<Batch, 'pixels' | 'size'>, p: number): Float32Array {
	const [side, area] = [size / p, size * size];
	const rows = new Float32Array(pixels.length);
	let at = 0;
	for (let picture = 0; picture < pixels.length; picture += 3 * area) {
		for (let patch = 0; patch < side * side; patch++) {
			const corner = picture + Math.floor(patch / side) * p * size + (patch % side) * p;
			for (let c = 0; c < 3; c++) {
				for (let row = 0; row < p; row++) {
					const from = corner + c * area + row * size;
					rows.set(pixels.subarray(from, from + p), at);
					at += p;
				}
			}
		}
	}
	return rows;
}

/** A batch with its channels last: (count, size, size, 3). */
export function channelsLast({ pixels, size }: Pick<Batch, 'pixels' | 'size'>): Float32Array {
	const area = size * size;
	return pixels.map((_, i) => {
		const place = Math.floor(i / 3);
		return pixels[3 * area * Math.floor(place / area) + (i % 3) * area + (place % area)] ?? 0;
	});
}
