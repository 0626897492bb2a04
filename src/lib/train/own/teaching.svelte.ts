import { drawsOf, foldsOf, type Fold } from '../../analysis/held-out';
import type { Session } from '../../app/session.svelte';
import { PatchworkError } from '../../base/errors';
import { Lane } from '../../base/lane.svelte';
import type { TrainedHeads } from '../../engine/head/softmax-heads';
import type { Shown } from '../../run/shown';
import type { Album } from './album.svelte';
import { areSame, examplesOf, type Classes, type OwnPhoto } from './classes';
import { curveOf, verdictsOf, type CurvePoint, type Verdict } from './judge';
import { modelKey, vectorOfPhoto } from './vectors';

const NO_RUN = { code: 'backend', sentence: 'The model could not be run on your photos; please try again.' } as const;
const NO_HEAD = { code: 'request', sentence: 'Nothing could be learned from these photos; please try again.' } as const;

/** How strongly large weights are held back, as a reader chooses it. */
export const HOLDS = [
	{ value: 0.001, label: /* @wc-include */ 'weakly' },
	{ value: 0.01, label: 'as usual' },
	{ value: 0.1, label: /* @wc-include */ 'strongly' }
] as const;

/** What a training starts from. */
interface Gathered {
	/** The classes as they were. */
	readonly classes: Classes;
	readonly photos: readonly OwnPhoto[];
	readonly labels: readonly number[];
	/** What the model makes of each photo, in that order. */
	readonly vectors: readonly Float32Array[];
	readonly model: Shown['model'];
}

/** What was learned, of which photos by which model, and what each photo was taken for while it was held back. */
export interface Taught extends Gathered, Pick<TrainedHeads, 'weight' | 'bias' | 'steps' | 'settled'> {
	readonly verdicts: readonly Verdict[];
	/** How many photos were held back at a time, at most. */
	readonly heldBack: number;
	readonly l2: number;
}

/** How photos become vectors; the real thing, or a stand-in. */
export type VectorOf = typeof vectorOfPhoto;

/** Teaches the model that is in use the reader's own classes: a softmax layer on what it makes of their photos. */
export class Teaching {
	readonly lane = new Lane();
	readonly #session: Pick<Session, 'shown' | 'aside' | 'trainHeads'>;
	readonly #album: Pick<Album, 'classes'>;
	readonly #vectorOf: VectorOf;
	#taught = $state.raw<Taught | null>(null);
	#curve = $state.raw<readonly CurvePoint[] | null>(null);
	l2 = $state<number>(0.01);

	constructor(
		session: Pick<Session, 'shown' | 'aside' | 'trainHeads'>,
		album: Pick<Album, 'classes'>,
		vectorOf: VectorOf = vectorOfPhoto
	) {
		this.#session = session;
		this.#album = album;
		this.#vectorOf = vectorOf;
	}

	/** What was learned last; its classes are called as they are now. */
	readonly taught = $derived.by((): Taught | null => {
		const [taught, { classes }] = [this.#taught, this.#album];
		return taught && areSame(taught.classes, classes) ? { ...taught, classes } : taught;
	});

	/** How the accuracy grows with the photos; null while that has not been measured. */
	get curve(): readonly CurvePoint[] | null {
		return this.#curve;
	}

	/** Whether what was learned is of the photos as they are now, and as it is set now. */
	readonly current = $derived.by(() => this.taught?.classes === this.#album.classes && this.taught.l2 === this.l2);

	/** Whether what was learned is of the model that is in use, so that it can be asked about other photos. */
	readonly fits = $derived.by(() => {
		const { shown } = this.#session;
		return this.#taught !== null && shown !== null && modelKey(shown.model) === modelKey(this.#taught.model);
	});

	/** Learns the classes as they are now. What was learned before stays until that has succeeded. */
	async teach(): Promise<void> {
		const { lane, l2 } = this;
		const gathered = await lane.attempt('Running the model on your photos', NO_RUN, (signal, report) =>
			this.#gather(signal, (loaded, total) => report({ loaded, total, unit: 'photos' }))
		);
		if (!gathered) return;
		const taught = await lane.attempt('Learning', NO_HEAD, async (signal, onProgress) => {
			const folds = foldsOf(gathered.labels);
			const heads = await this.#train(gathered, [all(gathered), ...folds], l2, { signal, onProgress });
			return {
				...gathered,
				...heads,
				l2,
				heldBack: Math.max(...folds.map(({ asked }) => asked.length)),
				verdicts: verdictsOf(sharesOf(gathered, heads), folds, 1)
			};
		});
		if (!taught) return;
		this.#taught = taught;
		this.#curve = null;
		this.#curve = await lane.attempt(
			'Learning from fewer photos, to see what more would bring',
			NO_HEAD,
			async (signal, onProgress) => {
				const draws = drawsOf(gathered.labels);
				if (draws.length === 0) return [];
				return curveOf(sharesOf(gathered, await this.#train(gathered, draws, l2, { signal, onProgress })), draws);
			}
		);
	}

	async #gather(signal: AbortSignal, report: (loaded: number, total: number) => void): Promise<Gathered> {
		const { shown } = this.#session;
		if (!shown) throw new PatchworkError('request', 'The model is still on its way; try again in a moment.');
		const { classes } = this.#album;
		const { photos, labels } = examplesOf(classes);
		const vectors: Float32Array[] = [];
		for (const photo of photos) {
			signal.throwIfAborted();
			report(vectors.length, photos.length);
			vectors.push(await this.#vectorOf(this.#session, shown, photo, signal));
		}
		return { classes, photos, labels, vectors, model: shown.model };
	}

	#train(
		{ vectors, labels, classes }: Gathered,
		folds: readonly Pick<Fold, 'learns'>[],
		l2: number,
		options: Parameters<Session['trainHeads']>[1]
	): Promise<TrainedHeads> {
		const width = vectors[0]?.length ?? 0;
		const features = new Float32Array(vectors.length * width);
		vectors.forEach((vector, i) => features.set(vector, i * width));
		const learns = folds.map((fold) => fold.learns);
		return this.#session.trainHeads({ features, width, labels, classes: classes.length, learns, l2 }, options);
	}
}

const all = ({ labels }: Gathered) => ({ learns: new Uint8Array(labels.length).fill(1) });

const sharesOf = ({ labels, classes }: Gathered, { probabilities }: TrainedHeads) => {
	return { probabilities, labels, classes: classes.length };
};
