import type { Edit } from '../engine/edits/edit';
import { cancelled, toPatchworkError } from '../base/errors';
import type { Engine } from '../run/engine';
import type { Shown } from '../run/shown';
import type { RunResult, SeenPixels } from '../worker/protocol';
import { readShown } from '../views/read-shown';
import { answerTap } from '../worker/answer';
import { PhotoRuns, type TakePhoto } from './photo-runs';

/** What the model says before and after: the values of its `answerTap`, one an output or, without a head, its last tokens. */
export interface Scores {
	readonly before: Float32Array;
	readonly after: Float32Array;
}

/** A run with something changed. */
interface Order {
	readonly base: Shown;
	readonly edits: readonly Edit[];
}

const NO_RUN = 'The model could not be run with this change; please try another.';

/**
 * What the model makes of the photo that is shown with something changed, beside the untouched run. It starts at the first
 * step that changes. While one run is under way only the newest order waits, so that a brush is followed as fast as the
 * model runs and no faster; the last answer stays until the next is there.
 */
export class After {
	readonly #engine: Engine;
	readonly #runs: PhotoRuns;
	/** What is followed. */
	#base: Shown | null = null;
	#edits: readonly Edit[] = [];
	#wanted: Order | null = null;
	#signal = new AbortController();
	#busy = $state(false);
	#shown = $state.raw<Shown | null>(null);
	#scores = $state.raw<Scores | null>(null);
	#error = $state<string | null>(null);
	#photos = $state.raw<{ readonly done: number; readonly of: number } | null>(null);
	#seen = $state.raw<Readonly<Record<string, SeenPixels>>>({});

	/** @param engine ends with this one */
	constructor(engine: Engine, take: TakePhoto) {
		this.#engine = engine;
		this.#runs = new PhotoRuns(engine, take, (name, seen) => (this.#seen = { ...this.#seen, [name]: seen }));
	}

	/** The last answer to edits of what is shown; null while nothing is changed, and before the first. */
	get shown(): Shown | null {
		return this.#shown;
	}

	/** Of all outputs, before the edits that are shown and after; null where `shown` is. */
	get scores(): Scores | null {
		return this.#scores;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** How many of the other photos that the order takes numbers from have been run; null while none is needed. */
	get photos(): { readonly done: number; readonly of: number } | null {
		return this.#photos;
	}

	/** Why the last order could not be carried out; the answer before it stands. */
	get error(): string | null {
		return this.#error;
	}

	/** What the model saw of another photo that edits name, once that was run; null before. */
	seen(name: string): SeenPixels | null {
		return this.#seen[name] ?? null;
	}

	/** The runs of other photos, for those who run edits themselves. */
	get runs(): PhotoRuns {
		return this.#runs;
	}

	/** Has edits of a run carried out, as soon as the engine is free. @param base the untouched run; null while none is shown */
	follow(base: Shown | null, edits: readonly Edit[]): void {
		if (base === this.#base && edits === this.#edits) return;
		this.#edits = edits;
		if (base !== this.#base) {
			this.#base = base;
			this.#runs.forget();
			this.#seen = {};
			this.#clear();
		}
		if (!base || edits.length === 0) return this.#clear();
		// The photos of an order that nobody waits for any more are not run to their end.
		if (this.#photos) this.#abort();
		this.#wanted = { base, edits };
		void this.#work();
	}

	#clear(): void {
		this.#wanted = null;
		this.#abort();
		this.#take(null);
		this.#error = null;
	}

	#abort(): void {
		this.#signal.abort();
		this.#signal = new AbortController();
	}

	async #work(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		for (let order = this.#wanted; order; order = this.#wanted === order ? null : this.#wanted) {
			await this.#carryOut(order, this.#signal.signal);
		}
		this.#busy = false;
	}

	async #carryOut({ base, edits }: Order, signal: AbortSignal): Promise<void> {
		try {
			const tell = (done: number, of: number) => (this.#photos = { done, of });
			const resolved = await this.#runs.resolve(edits, base, signal, tell);
			const result = await this.#engine.run({ of: base.result.run }, { edits: resolved, signal });
			const read = await this.#read(base, edits, result, signal).catch((error: unknown) => {
				void this.#engine.forget([result.run]);
				throw error;
			});
			this.#take(read.shown, read.scores);
			this.#error = null;
		} catch (thrown) {
			const { code, message } = toPatchworkError(thrown, 'backend', NO_RUN);
			if (code !== 'cancelled' && !signal.aborted) this.#error = message;
		} finally {
			this.#photos = null;
		}
	}

	async #read(base: Shown, edits: readonly Edit[], result: RunResult, signal: AbortSignal) {
		const names = [answerTap(base.model.config)];
		// The picture is that of the untouched run: what the model saw of the photo is the same.
		const cut = async () => base.picture;
		const [shown, [before], [after]] = await Promise.all([
			readShown(this.#engine, { ...base, edits }, result, cut, { signal }),
			this.#engine.read(base.result.run, names),
			this.#engine.read(result.run, names)
		]);
		if (signal.aborted || !before || !after) throw cancelled();
		return { shown, scores: { before: before.data, after: after.data } };
	}

	#take(shown: Shown | null, scores: Scores | null = null): void {
		if (this.#shown) void this.#engine.forget([this.#shown.result.run]);
		[this.#shown, this.#scores] = [shown, scores];
	}

	stop(): void {
		[this.#base, this.#edits] = [null, []];
		this.#clear();
		this.#runs.forget();
		this.#engine.dispose();
	}
}
