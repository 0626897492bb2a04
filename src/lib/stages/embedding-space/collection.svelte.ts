import { toPatchworkError } from '../../errors';
import type { StageRun } from '../../lesson/stage';
import { decodePhoto } from '../../photo/decode';
import { allSamples, embed } from './collect';
import type { Embedded } from './neighbours';

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
	#total = $state<number | null>(null);
	#busy = $state(false);
	#error = $state<string | null>(null);
	#stop = new AbortController();

	get photos(): readonly Embedded[] {
		return this.#photos;
	}

	/** Addresses of the pictures that the reader added, by id. */
	get addresses(): ReadonlyMap<string, string> {
		return new Map(this.#added.map(({ id, address }) => [id, address]));
	}

	/** How many samples there are; null until the list is here. */
	get total(): number | null {
		return this.#total;
	}

	get busy(): boolean {
		return this.#busy;
	}

	get error(): string | null {
		return this.#error;
	}

	/** Runs the model on all samples, and on what the reader added, as far as that has not been done. */
	async gather(run: StageRun): Promise<void> {
		this.#photos = [];
		await this.#work(async (signal) => {
			await allSamples(run, signal, (one, total) => {
				this.#total = total;
				this.#photos = [...this.#photos, one];
			});
			for (const added of this.#added) await this.#look(run, added, signal);
		});
	}

	/** Adds files of the reader's own. */
	async add(run: StageRun, files: readonly File[]): Promise<void> {
		await this.#work(async (signal) => {
			for (const file of files) {
				const id = `added-${this.#added.length + 1}`;
				const added = { id, title: file.name, file, address: URL.createObjectURL(file) };
				await this.#look(run, added, signal);
				kept = [...this.#added, added];
				this.#added = kept;
			}
		});
	}

	cancel(): void {
		this.#stop.abort();
		this.#busy = false;
	}

	dismiss(): void {
		this.#error = null;
	}

	async #look(run: StageRun, { id, title, file }: Added, signal: AbortSignal): Promise<void> {
		const bitmap = await decodePhoto(file, { signal });
		try {
			const one = await embed(run, bitmap, { id, title }, signal);
			if (!signal.aborted) this.#photos = [...this.#photos, one];
		} finally {
			bitmap.close();
		}
	}

	/** The newest work wins; what was under way is stopped, and its failure is nobody's business. */
	async #work(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		this.cancel();
		const controller = new AbortController();
		this.#stop = controller;
		this.#busy = true;
		this.#error = null;
		try {
			await work(controller.signal);
		} catch (thrown) {
			const error = toPatchworkError(thrown, 'photo', 'That picture could not be added; please try another.');
			if (!controller.signal.aborted && error.code !== 'cancelled') this.#error = error.message;
		} finally {
			if (this.#stop === controller) this.#busy = false;
		}
	}
}
