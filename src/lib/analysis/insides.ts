import type { Pause } from '../base/slices';
import { tokenGridOf, type ModelConfig } from '../engine/families';
import type { TapData } from '../engine/tap';
import { blockOutputs, meanOverPlaces } from './block-means';
import { centredGram, linearCka } from './cka';
import { carried, shortcutsOf, type Shortcut } from './shortcuts';

/** A place of {@link shortcutsOf}, and how many times as long as what is added is what goes past it; see {@link carried}. */
export interface Carried extends Pick<Shortcut, 'stem' | 'part'> {
	/** Of the patches, or of a map's places: the mean over the photos. */
	readonly places: number;
	/** Of the CLS token; null where there is none. */
	readonly cls: number | null;
}

/** The taps that {@link Insides} needs of every run. */
export const insideTaps = (config: ModelConfig): string[] => [
	...new Set([...blockOutputs(config), ...shortcutsOf(config).flatMap(({ past, added }) => [past, added])])
];

/** What is kept of a network's runs on some photos, to be held against another's: how Raghu et al. 2021 look at both. */
export class Insides {
	/** The mean over the places of each of {@link blockOutputs}: one list of photos a block. */
	readonly blocks: readonly Float32Array[][];
	readonly #config: ModelConfig;
	readonly #carried: readonly { places: number; cls: number }[];
	#photos = 0;

	constructor(config: ModelConfig) {
		this.#config = config;
		this.blocks = blockOutputs(config).map(() => []);
		this.#carried = shortcutsOf(config).map(() => ({ places: 0, cls: 0 }));
	}

	/** One photo's run. @param tap of {@link insideTaps} */
	add(tap: (name: string) => TapData): void {
		const prefix = tokenGridOf(this.#config).prefix.length;
		blockOutputs(this.#config).forEach((name, i) => this.blocks[i]?.push(meanOverPlaces(tap(name), this.#config)));
		shortcutsOf(this.#config).forEach(({ past, added }, i) => {
			const sum = this.#carried[i];
			if (!sum) return;
			sum.places += carried(tap(past), tap(added), prefix);
			if (prefix > 0) sum.cls += carried(tap(past), tap(added), 0, 1);
		});
		this.#photos++;
	}

	/** What goes past each place where something is added: the mean over all photos. */
	shortcuts(): Carried[] {
		const hasCls = tokenGridOf(this.#config).prefix[0] === 'CLS';
		return shortcutsOf(this.#config).map(({ stem, part }, i) => {
			const { places = NaN, cls = NaN } = this.#carried[i] ?? {};
			return { stem, part, places: places / this.#photos, cls: hasCls ? cls / this.#photos : null };
		});
	}
}

/**
 * Linear CKA of every two of some features of the same photos: symmetric, in [0, 1].
 * @param features lists of as many rows, one a photo
 * @throws what `pause` throws
 */
export async function alignment(features: readonly (readonly Float32Array[])[], pause?: Pause): Promise<number[][]> {
	const grams: Float64Array[] = [];
	for (const rows of features) grams.push(await centredGram(rows, pause));
	return grams.map((a) => grams.map((b) => linearCka(a, b)));
}
