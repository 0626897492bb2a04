import { PatchworkError } from '../base/errors';
import { loadModel, type Loaded } from './loaded';
import { SizedModel } from './sized';

/** The model in use: on the backend or, when the one that it was on is gone, only in its files. */
export class ModelSeat {
	#model: SizedModel | null = null;
	#homeless = false;
	#number = 0;

	/** @throws PatchworkError `request` while there is none */
	get model(): SizedModel {
		if (this.#model) return this.#model;
		throw new PatchworkError('request', 'No model is loaded yet. Choose one first.');
	}

	/** Which of the models that were in use is: they are counted from 1, for two may have one id. 0 while there is none. */
	get number(): number {
		return this.#number;
	}

	/** Puts a model in the place of the one before, whose tensors are given back. */
	take(loaded: Loaded): void {
		this.leave();
		this.#model = new SizedModel(loaded);
		this.#homeless = false;
		this.#number++;
	}

	/** To be called when nobody waits for the engine. */
	settle(): void {
		this.#model?.own.files.weights.settle?.();
	}

	/** Gives the model's tensors back, because their backend goes. Which model it was stays known. */
	leave(): void {
		if (!this.#homeless) this.#model?.dispose();
		this.#homeless = this.#model !== null;
	}

	/**
	 * Reads the model again where it is on no backend, and puts it on the current one. Gives whether it did.
	 * @throws PatchworkError where the model's files cannot be had again
	 */
	async place(): Promise<boolean> {
		if (!this.#model || !this.#homeless) return false;
		const { described, files } = this.#model.own;
		this.#model = new SizedModel(await loadModel(described.id, files));
		this.#homeless = false;
		return true;
	}
}
