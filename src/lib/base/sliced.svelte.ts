import { inSlices, type Pause } from './slices';

/** Long work on the page's own thread, with pauses in between. */
export type Work<Result> = (pause: Pause) => Promise<Result>;

/** What work comes to that is begun anew whenever it is other work: an effect follows it, and what is drawn asks for its result. */
export class Sliced<Result> {
	#done = $state.raw<{ readonly work: Work<Result>; readonly result: Result } | null>(null);

	/** Call it in an effect. @returns how to stop; undefined where there is nothing to do */
	follow(work: Work<Result> | null): (() => void) | undefined {
		return work ? inSlices(work, (result) => (this.#done = { work, result })) : undefined;
	}

	/** What came of this work; null until it is done. */
	of(work: Work<Result> | null): Result | null {
		return this.#done?.work === work ? (this.#done?.result ?? null) : null;
	}
}
