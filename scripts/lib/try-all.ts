import { join } from 'node:path';
import type { Trace } from '../../src/lib/engine/trace.ts';
import { preprocess } from '../../src/lib/engine/preprocess.ts';
import { topClasses } from '../../src/lib/worker/top-classes.ts';
import type { AnswerSet } from './answers.ts';
import { decodeFile } from './decode.ts';
import type { Measure } from './measures.ts';
import { plainViT, type Models, type Photo, type Trial } from './trials.ts';

/** What came of one trial over all photos; rates in [0, 1]. */
export interface Row {
	readonly name: string;
	readonly photos: number;
	readonly top1: number;
	readonly top5: number;
	/** Photos whose first class is not that of the untouched run; null for the untouched run itself. */
	readonly changed: number | null;
}

/** What came of one measure: the mean over all photos. */
export interface Measured {
	readonly name: string;
	readonly photos: number;
	readonly unit: Measure['unit'];
	readonly value: number;
	/** The same of attention that goes everywhere alike; null where that says nothing. */
	readonly uniform: number | null;
}

export interface Tried {
	/** The untouched run first, then one row a trial. */
	readonly rows: readonly Row[];
	readonly measures: readonly Measured[];
}

export interface TryOptions {
	/** The sets with the folders that their photos lie in. */
	readonly sets: readonly { readonly folder: string; readonly set: AnswerSet }[];
	readonly trials: readonly Trial[];
	readonly measures: readonly Measure[];
	readonly seed: number;
	/** Told of every photo that is done. */
	readonly progress?: (done: number, of: number) => void;
}

/** Tells of the progress on the error output, which a table in a file does without. @param photos after how many */
export function sayEvery(photos: number): NonNullable<TryOptions['progress']> {
	return (done, of) => {
		if (done % photos === 0) console.error(`${done} of ${of} photos`);
	};
}

const PROBABILITIES = 'probabilities';

/** What each block hands on: an edited run begins with it where nothing before was changed. */
const isHandedOn = (tap: string) => tap === 'embeddings' || /blocks\.\d+\.out$/.test(tap);

/** Runs every trial on every photo, and takes every measure of its untouched run; each photo is decoded once. */
export async function tryAll(models: Models, { sets, trials, measures, seed, progress }: TryOptions): Promise<Tried> {
	const photos = sets.flatMap(({ folder, set }) =>
		set.photos.map((answer) => ({ ...answer, path: join(folder, answer.file) }))
	);
	const { config } = models.own;
	const read = new Set([
		...trials.flatMap(({ taps }) => taps),
		...measures.flatMap((measure) => measure.taps(plainViT(config, `"${measure.name}"`)))
	]);
	const [plain, ...tallies] = ['untouched', ...trials.map(({ name }) => name)].map((name) => new Tally(name));
	const sums = measures.map(() => 0);
	for (const [i, { path, label }] of photos.entries()) {
		const source = await decodeFile(path);
		const input = preprocess(source, config.preprocess, null);
		const untouched = await models.own.run(input.pixelValues, {
			taps: (tap) => tap === PROBABILITIES || read.has(tap) || isHandedOn(tap)
		});
		const photo: Photo = { source, input, untouched, seed: seed + i };
		const first = plain?.count(await classes(untouched), label) ?? -1;
		for (const [t, trial] of trials.entries()) {
			const trace = await trial.run(photo, models, (tap) => tap === PROBABILITIES);
			tallies[t]?.count(await classes(trace), label, first);
			trace.dispose();
		}
		for (const [m, measure] of measures.entries())
			sums[m] = (sums[m] ?? 0) + (await measure.of((name) => untouched.read(name), plainViT(config, measure.name)));
		untouched.dispose();
		progress?.(i + 1, photos.length);
	}
	return {
		rows: [plain, ...tallies].flatMap((tally) => (tally ? [tally.row(photos.length)] : [])),
		measures: measures.map(({ name, unit, uniform }, m) => ({
			name,
			unit,
			photos: photos.length,
			value: (sums[m] ?? 0) / photos.length,
			uniform: uniform?.(plainViT(config, name)) ?? null
		}))
	};

	async function classes(trace: Trace): Promise<number[]> {
		const { data } = await trace.read(PROBABILITIES);
		return topClasses(data, config.scores, []).map(({ index }) => index);
	}
}

/** Counts the answers of one trial. */
class Tally {
	#top1 = 0;
	#top5 = 0;
	#changed: number | null = null;

	constructor(readonly name: string) {}

	/** @param before the first class of the untouched run @returns the first class */
	count(top: readonly number[], label: number, before?: number): number {
		this.#top1 += Number(top[0] === label);
		this.#top5 += Number(top.includes(label));
		if (before !== undefined) this.#changed = (this.#changed ?? 0) + Number(top[0] !== before);
		return top[0] ?? -1;
	}

	row(photos: number): Row {
		const changed = this.#changed === null ? null : this.#changed / photos;
		return { name: this.name, photos, top1: this.#top1 / photos, top5: this.#top5 / photos, changed };
	}
}
