import { toPatchworkError } from '../../errors';
import type { ModelRun } from '../../lesson/stage';
import { decodePhoto } from '../../photo/decode';
import { allSamples, embed } from '../../embeddings/collect';
import type { Embedded } from '../../embeddings/neighbours';

/** A photo that the reader added, with its file, so that another model can look at it too. */
interface Added {
	readonly id: string;
	readonly title: string;
	readonly file: Blob;
	readonly address: string;
}

/** Those that the reader added; they stay as long as the tab, whichever figure is on show. */
let kept: readonly Added[] = [];

/** The photos that one figure shows beside the current one, while they come in. */
export class Collection {
	#photos = $state.raw<readonly Embedded[]>([]);
	#added = $state.raw<readonly Added[]>(kept);
	#samples = $state<number | null>(null);
	#busy = $state(false);
	#error = $state<string | null>(null);
	#stop = new AbortController();
	/** The model whose vectors {@link photos} are; those of two models have nothing to do with each other. */
	#model: string | null = null;
	/** Whether samples are being run, which a photo that is added only puts off. */
	#gathering = false;

	get photos(): readonly Embedded[] {
		return this.#photos;
	}

	/** The id of each photo that the reader added, with the address of its picture. */
	get addresses(): readonly (readonly [id: string, address: string])[] {
		return this.#added.map(({ id, address }) => [id, address]);
	}

	/** How many photos there will be; null until the list of samples is here. */
	get total(): number | null {
		return this.#samples === null ? null : this.#samples + this.#added.length;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get error(): string | null {
		return this.#error;
	}

	/** Runs the model on all samples, and on what the reader added, as far as that has not been done. */
	async gather(run: ModelRun): Promise<void> {
		await this.#work(run, (signal) => this.#rest(run, signal));
	}

	/** Adds files of the reader's own, before any samples that are still to come. */
	async add(run: ModelRun, files: readonly File[]): Promise<void> {
		const resume = this.#gathering;
		await this.#work(run, async (signal) => {
			try {
				for (const file of files) await this.#addOne(run, file, signal);
			} catch (thrown) {
				this.#fail(thrown, signal);
			}
			if (resume) await this.#rest(run, signal);
		});
	}

	/** Stops what is under way; what is done stays. */
	cancel(): void {
		this.#stop.abort();
		this.#busy = false;
		this.#gathering = false;
	}

	dismiss(): void {
		this.#error = null;
	}

	async #rest(run: ModelRun, signal: AbortSignal): Promise<void> {
		this.#gathering = true;
		await allSamples(run, signal, (one, samples) => {
			if (signal.aborted) return;
			this.#samples = samples;
			this.#keep(one);
		});
		for (const added of this.#added) {
			if (!this.#has(added.id)) await this.#look(run, added, signal);
		}
	}

	async #addOne(run: ModelRun, file: File, signal: AbortSignal): Promise<void> {
		const id = `added-${this.#added.length + 1}`;
		const added = { id, title: file.name, file, address: URL.createObjectURL(file) };
		try {
			await this.#look(run, added, signal);
		} catch (thrown) {
			URL.revokeObjectURL(added.address);
			throw thrown;
		}
		kept = [...this.#added, added];
		this.#added = kept;
	}

	async #look(run: ModelRun, { id, title, file }: Added, signal: AbortSignal): Promise<void> {
		const bitmap = await decodePhoto(file, { signal });
		try {
			const one = await embed(run, bitmap, { id, title }, signal);
			signal.throwIfAborted();
			this.#keep(one);
		} finally {
			bitmap.close();
		}
	}

	#has(id: string): boolean {
		return this.#photos.some((photo) => photo.id === id);
	}

	#keep(one: Embedded): void {
		if (!this.#has(one.id)) this.#photos = [...this.#photos, one];
	}

	#fail(thrown: unknown, signal: AbortSignal): void {
		const error = toPatchworkError(thrown, 'photo', 'That picture could not be added; please try another.');
		if (!signal.aborted && error.code !== 'cancelled') this.#error = error.message;
	}

	/** The newest work wins; what was under way is stopped, and its failure is nobody's business. */
	async #work(run: ModelRun, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		this.cancel();
		if (this.#model !== run.model.id) this.#photos = [];
		this.#model = run.model.id;
		const controller = new AbortController();
		this.#stop = controller;
		this.#busy = true;
		this.#error = null;
		try {
			await work(controller.signal);
		} catch (thrown) {
			this.#fail(thrown, controller.signal);
		} finally {
			if (this.#stop === controller) this.cancel();
		}
	}
}
