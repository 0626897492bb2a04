import { Gate } from '../base/gate';
import type { Progress } from '../base/progress';
import type { LoadedModel } from '../models/loaded-model';
import type { ModelSource } from '../models/source';
import type { RequestContext } from './surroundings';

/** A model that began to load before the page asked for one: whoever asks for the same goes on with it. */
export class Ahead {
	readonly #source: ModelSource;
	readonly #stop = new AbortController();
	readonly #gate = new Gate();
	readonly #loaded: Promise<LoadedModel>;
	#onProgress: (progress: Progress) => void = () => undefined;

	/** @param load fetches it and puts it on the backend */
	constructor(source: ModelSource, load: (source: ModelSource, context: RequestContext) => Promise<LoadedModel>) {
		this.#source = source;
		const onProgress = (progress: Progress) => this.#onProgress(progress);
		this.#loaded = load(source, { signal: this.#stop.signal, gate: this.#gate, onProgress });
		// Whoever takes it over is told.
		this.#loaded.catch(() => undefined);
	}

	/** Whatever becomes of it. */
	get loaded(): Promise<LoadedModel> {
		return this.#loaded;
	}

	/** Aborted where it is given up, though it may have been loaded before. */
	get signal(): AbortSignal {
		return this.#stop.signal;
	}

	isOf({ id, from }: ModelSource): boolean {
		return id === this.#source.id && JSON.stringify(from) === JSON.stringify(this.#source.from);
	}

	/** Goes on as if it had been asked for like this. @throws what loading throws */
	async takeOver({ signal, gate, onProgress }: RequestContext): Promise<LoadedModel> {
		this.#onProgress = onProgress;
		const follow = () => (gate.paused ? this.#gate.pause() : this.#gate.resume());
		const deaf = gate.onChange(follow);
		const stop = () => this.giveUp();
		follow();
		signal.addEventListener('abort', stop);
		if (signal.aborted) stop();
		try {
			return await this.#loaded;
		} finally {
			deaf();
			signal.removeEventListener('abort', stop);
		}
	}

	/** Gives it up: another is wanted. */
	giveUp(): void {
		this.#stop.abort();
	}
}
