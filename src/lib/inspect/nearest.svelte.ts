import { pictureVector } from '../analysis/picture-vector';
import { allSamples, listSamples, type Looker } from '../embeddings/collect';
import { CURRENT, neighboursOf, type Embedded, type Neighbour } from '../embeddings/neighbours';
import { tapsOf } from '../embeddings/vectors';
import { toPatchworkError } from '../base/errors';
import type { Session } from '../app/session.svelte';
import type { Shown } from '../run/shown';

/** Seconds of running the model on the samples that may pass without having been asked for. */
const PATIENCE = 20;

/** How the samples come in; the real thing, or a stand-in. */
export interface NearestParts {
	readonly list: typeof listSamples;
	readonly all: typeof allSamples;
}

/** Which sample photos a model finds most like the one that is shown: what it says when it names no classes. */
export class NearestSamples {
	readonly #session: Pick<Session, 'read' | 'aside'>;
	readonly #parts: NearestParts;
	#stop = new AbortController();
	#current = $state.raw<Embedded | null>(null);
	#photos = $state.raw<readonly Embedded[]>([]);
	#total = $state(0);
	#seconds = $state<number | null>(null);
	#busy = $state(false);
	#error = $state<string | null>(null);

	constructor(session: Pick<Session, 'read' | 'aside'>, parts: NearestParts = { list: listSamples, all: allSamples }) {
		this.#session = session;
		this.#parts = parts;
	}

	/** Most alike first, as far as the samples have been run. */
	readonly nearest = $derived.by((): readonly Neighbour[] =>
		this.#current ? neighboursOf([this.#current, ...this.#photos], CURRENT, 'cls') : []
	);

	get done(): number {
		return this.#photos.length;
	}

	/** How many samples there are; 0 until their list is here. */
	get total(): number {
		return this.#total;
	}

	/** About how long it would take, in seconds, where that is long enough to be asked for first; null otherwise. */
	get seconds(): number | null {
		return this.#seconds;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get error(): string | null {
		return this.#error;
	}

	/** Begins with another photo or model. What takes long waits for {@link gather} to be called with `asked`. */
	async gather(shown: Shown, asked = false): Promise<void> {
		this.stop();
		const controller = new AbortController();
		this.#stop = controller;
		const { signal } = controller;
		this.#photos = [];
		this.#error = null;
		this.#busy = true;
		try {
			const samples = await this.#parts.list();
			signal.throwIfAborted();
			this.#total = samples.length;
			const seconds = (samples.length * shown.result.milliseconds) / 1000;
			this.#seconds = seconds > PATIENCE && !asked ? seconds : null;
			if (this.#seconds === null) await this.#run(shown, signal);
		} catch (thrown) {
			const error = toPatchworkError(thrown, 'request', 'The sample photos could not be compared; please try again.');
			if (!signal.aborted && error.code !== 'cancelled') this.#error = error.message;
		} finally {
			if (this.#stop === controller) this.#busy = false;
		}
	}

	stop(): void {
		this.#stop.abort();
		this.#busy = false;
	}

	async #run({ model, result, photo }: Shown, signal: AbortSignal): Promise<void> {
		const [end, pixels] = await this.#session.read(result.run, tapsOf(model.config));
		signal.throwIfAborted();
		if (!end || !pixels) throw new Error('The engine answered without the taps that were asked for.');
		const cls = pictureVector(end, model.config);
		this.#current = { id: CURRENT, title: photo.title, cls, pixels: pixels.data };
		const looker: Looker = {
			model,
			look: (photo, names, stop) => this.#session.aside(result.run, { photo, edits: [], names, signal: stop })
		};
		await this.#parts.all(looker, signal, (one) => {
			if (!signal.aborted) this.#photos = [...this.#photos, one];
		});
	}
}
