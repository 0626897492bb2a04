import { ASK_ABOVE } from '../models/limits';
import type { ModelEntry } from '../models/entry';

/** Asks the reader before a large download, whoever starts it. One question at a time; a newer one takes its place. */
export class Asking {
	#about = $state.raw<ModelEntry | null>(null);
	#settle: ((yes: boolean) => void) | null = null;

	/** The model whose download is asked about, if any. */
	get about(): ModelEntry | null {
		return this.#about;
	}

	/** Gives whether the reader agrees to fetch a model. What is small needs no question. */
	ask(entry: ModelEntry): Promise<boolean> {
		this.answer(false);
		if (entry.bytes <= ASK_ABOVE) return Promise.resolve(true);
		this.#about = entry;
		return new Promise((resolve) => (this.#settle = resolve));
	}

	/** What the reader says. */
	answer(yes: boolean): void {
		const settle = this.#settle;
		this.#about = null;
		this.#settle = null;
		settle?.(yes);
	}
}
