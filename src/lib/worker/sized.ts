import type { ModelConfig } from '../engine/families';
import type { Loaded } from './loaded';

type ImageSize = ModelConfig['imageSize'];

const isSame = (a: ImageSize, b: ImageSize) => a[0] === b[0] && a[1] === b[1];

/**
 * A model, and the size of input that its last run was at. Weights are there once; at another size than the model's own
 * only the positions come beside them.
 */
export class SizedModel {
	readonly #own: Loaded;
	#current: Loaded;

	constructor(own: Loaded) {
		this.#own = own;
		this.#current = own;
	}

	/** The model as it was loaded. */
	get own(): Loaded {
		return this.#own;
	}

	/**
	 * Does work with the model at a size; if it succeeds, that becomes the current one.
	 * @param imageSize height and width, in pixels; null for the model's own
	 * @throws PatchworkError `request` for a size that the model can't run at, and whatever the work throws
	 */
	async runAt<T>(imageSize: ImageSize | null, work: (loaded: Loaded) => Promise<T>): Promise<T> {
		const next = this.#at(imageSize ?? this.#own.model.config.imageSize);
		try {
			const result = await work(next);
			if (next !== this.#current) this.#drop(this.#current);
			this.#current = next;
			return result;
		} catch (error) {
			if (next !== this.#current) this.#drop(next);
			throw error;
		}
	}

	/** Does work with the model at a size; the current one stays. @throws as {@link runAt} does */
	async lookAt<T>(imageSize: ImageSize, work: (loaded: Loaded) => Promise<T>): Promise<T> {
		const found = this.#at(imageSize);
		try {
			return await work(found);
		} finally {
			if (found !== this.#current) this.#drop(found);
		}
	}

	dispose(): void {
		this.#drop(this.#current);
		this.#own.model.dispose();
	}

	#at(imageSize: ImageSize): Loaded {
		const known = [this.#current, this.#own].find(({ model }) => isSame(model.config.imageSize, imageSize));
		if (known) return known;
		const model = this.#own.model.at(imageSize);
		return { ...this.#own, model, described: { ...this.#own.described, config: model.config } };
	}

	/** What was made for another size goes; the model itself stays. */
	#drop(loaded: Loaded): void {
		if (loaded !== this.#own) loaded.model.dispose();
	}
}
