import type { GoneRun, RunAnswer, RunChanges, RunInput } from './protocol';

/**
 * What the runs of the model in use were made from, on the page's side: all that another worker needs to make them again.
 * Runs on one input share it.
 */
export class Ledger {
	readonly #runs = new Map<number, GoneRun>();
	#last = 0;

	/** Those that can be made again, the oldest first. */
	get runs(): GoneRun[] {
		return [...this.#runs.values()];
	}

	/** The id of the newest run, whether it is still known or not; 0 before the first. */
	get last(): number {
		return this.#last;
	}

	/** What a run saw; null where it is not known any more. */
	inputOf(id: number): RunInput | null {
		return this.#runs.get(id)?.input ?? null;
	}

	/** @param same what it saw, and the run that it has that from, where it was not given a photo */
	add(answer: RunAnswer, { names = null }: RunChanges, same: { of: number; input: RunInput | null } | null): void {
		const { run: id, model, edits, crop, seen, pixelValues } = answer;
		this.#last = Math.max(this.#last, id);
		const imageSize = model.config.imageSize;
		const input = same ? same.input : pixelValues && { pixelValues, imageSize, crop, seen };
		if (input) this.#runs.set(id, { id, input, model, edits, names, of: same?.of ?? null });
	}

	forget(runs: readonly number[]): void {
		for (const run of runs) this.#runs.delete(run);
	}

	/** Another model is in use, which cannot make them. */
	clear(): void {
		this.#runs.clear();
	}
}
