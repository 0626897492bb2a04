import { toPatchworkError } from '../../base/errors';
import type { ModelRun } from '../figure';
import { decodePhoto } from '../../photo/decode';
import { allSamples, embed } from '../../embeddings/collect';
import type { Embedded } from '../../embeddings/neighbours';

/** A photo that the reader added, with its file, so that another model can look at it too. */
interface Added {
	readonly id: string;
	readonly title: string;
	readonly file: Blob;
	/** Its middle, small: the file itself would lie on its side where the browser does not turn it. */
	readonly picture: ImageBitmap;
}

/** Side of that small picture, in pixels: sharp at the size of a thumbnail on any screen. */
const SMALL = 128;

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

	/** The id of each photo that the reader added, with its small picture. */
	get pictures(): readonly (readonly [id: string, picture: ImageBitmap])[] {
		return this.#added.map(({ id, picture }) => [id, picture]);
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
			if (!this.#has(added.id)) await this.#lookAgain(run, added, signal);
		}
	}

	async #addOne(run: ModelRun, file: File, signal: AbortSignal): Promise<void> {
		const id = `added-${this.#added.length + 1}`;
		const title = file.name;
		const bitmap = await decodePhoto(file, { signal });
		try {
			const picture = await smallPicture(bitmap);
			await this.#look(run, bitmap, { id, title }, signal).catch((error: unknown) => {
				picture.close();
				throw error;
			});
			kept = [...this.#added, { id, title, file, picture }];
			this.#added = kept;
		} finally {
			bitmap.close();
		}
	}

	async #lookAgain(run: ModelRun, { id, title, file }: Added, signal: AbortSignal): Promise<void> {
		const bitmap = await decodePhoto(file, { signal });
		try {
			await this.#look(run, bitmap, { id, title }, signal);
		} finally {
			bitmap.close();
		}
	}

	async #look(
		run: ModelRun,
		bitmap: ImageBitmap,
		named: Pick<Added, 'id' | 'title'>,
		signal: AbortSignal
	): Promise<void> {
		const one = await embed(run, bitmap, named, signal);
		signal.throwIfAborted();
		this.#keep(one);
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

/** The square in the middle of a photo. The caller owns it. */
function smallPicture(photo: ImageBitmap): Promise<ImageBitmap> {
	const { width, height } = photo;
	const side = Math.min(width, height);
	return createImageBitmap(photo, (width - side) >> 1, (height - side) >> 1, side, side, {
		resizeWidth: SMALL,
		resizeHeight: SMALL,
		resizeQuality: 'high'
	});
}
