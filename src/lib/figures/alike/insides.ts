import { blockOutputs, meanOverPlaces } from '../../analysis/block-means';
import { centredGram, linearCka } from '../../analysis/cka';
import { carried, shortcutsOf } from '../../analysis/shortcuts';
import type { Progress } from '../../base/progress';
import type { Pause } from '../../base/slices';
import { listSamples } from '../../embeddings/collect';
import { tokenGridOf, type ModelConfig } from '../../engine/families';
import type { TapData } from '../../engine/tap';
import { decodePhoto } from '../../photo/decode';
import { takeSample } from '../../photo/samples';
import { siteRoot } from '../../base/site';
import type { Companion } from '../../tools/companion';
import type { ModelRun } from '../figure';
import type { CarriedRecord } from '../cnn/measured';
import { titleOf } from '../kit/title';

/** One of two networks. */
export interface Network {
	readonly name: string;
	/** The taps that are compared, in order. */
	readonly outputs: readonly string[];
	readonly shortcuts: readonly CarriedRecord[];
}

/** Two networks side by side, on the same photos. */
export interface Insides {
	readonly photos: number;
	readonly first: Network;
	readonly second: Network;
	/** Linear CKA of every two outputs, those of the first network before those of the second. */
	readonly cka: readonly (readonly number[])[];
}

/** How the work is followed and given up. */
interface Following {
	readonly signal: AbortSignal;
	readonly report: (progress: Progress) => void;
	readonly pause: Pause;
}

/** The taps of a run by their names. */
type Taps = ReadonlyMap<string, TapData>;

const wanted = (config: ModelConfig) => [
	...new Set([...blockOutputs(config), ...shortcutsOf(config).flatMap(({ past, added }) => [past, added])])
];

const byName = (names: readonly string[], taps: readonly TapData[]): Taps =>
	new Map(names.flatMap((name, i) => (taps[i] ? [[name, taps[i]] as const] : [])));

/**
 * Runs both networks on the sample photos and on the reader's own, and holds them against each other.
 * @param other of a model of the site
 * @throws PatchworkError as running them does, `cancelled` when the signal says so
 */
export async function insidesOf(
	run: ModelRun,
	companion: Companion,
	other: string,
	{ signal, report, pause }: Following
): Promise<Insides> {
	const samples = await listSamples();
	const beside = await companion.beside(other, run.seen, { signal });
	const [ownNames, otherNames] = [wanted(run.model.config), wanted(beside.model.config)];
	const own = new Gathered(run.model.config);
	const its = new Gathered(beside.model.config);
	own.add(byName(ownNames, (await run.experiment([], ownNames, signal)).taps));
	its.add(byName(otherNames, await companion.read(otherNames)));
	for (const [done, sample] of samples.entries()) {
		report({ loaded: done + 1, total: samples.length + 1 });
		const { bitmap } = await takeSample(sample, siteRoot(), decodePhoto, signal);
		try {
			own.add(byName(ownNames, (await run.look(bitmap, ownNames, signal)).taps));
			its.add(byName(otherNames, (await companion.look(other, bitmap, otherNames, { signal })).taps));
		} finally {
			bitmap.close();
		}
	}
	return {
		photos: samples.length + 1,
		first: its.network(titleOf(beside.model)),
		second: own.network(titleOf(run.model)),
		cka: await alignment([...its.blocks, ...own.blocks], pause)
	};
}

/** What is kept of one network's runs. */
class Gathered {
	/** One list of photos a block. */
	readonly blocks: Float32Array[][];
	readonly #carried: { places: number; cls: number }[];
	#photos = 0;

	constructor(readonly config: ModelConfig) {
		this.blocks = blockOutputs(config).map(() => []);
		this.#carried = shortcutsOf(config).map(() => ({ places: 0, cls: 0 }));
	}

	add(taps: Taps): void {
		const tap = (name: string) => {
			const found = taps.get(name);
			if (!found) throw new Error(`The run lacks '${name}', which was asked for.`);
			return found;
		};
		const prefix = tokenGridOf(this.config).prefix.length;
		blockOutputs(this.config).forEach((name, i) => this.blocks[i]?.push(meanOverPlaces(tap(name), this.config)));
		shortcutsOf(this.config).forEach(({ past, added }, i) => {
			const sum = this.#carried[i];
			if (!sum) return;
			sum.places += carried(tap(past), tap(added), prefix);
			if (prefix > 0) sum.cls += carried(tap(past), tap(added), 0, 1);
		});
		this.#photos++;
	}

	network(name: string): Network {
		const before = tokenGridOf(this.config).prefix;
		const shortcuts = shortcutsOf(this.config).map(({ stem, part }, i): CarriedRecord => {
			const { places = NaN, cls = NaN } = this.#carried[i] ?? {};
			return {
				stem,
				part,
				places: places / this.#photos,
				cls: before[0] === 'CLS' ? cls / this.#photos : null
			};
		});
		return { name, outputs: blockOutputs(this.config), shortcuts };
	}
}

/** Linear CKA of every two of some features of the same photos. */
async function alignment(features: readonly (readonly Float32Array[])[], pause: Pause): Promise<number[][]> {
	const grams: Float64Array[] = [];
	for (const rows of features) grams.push(await centredGram(rows, pause));
	return grams.map((a) => grams.map((b) => linearCka(a, b)));
}
