import { PatchworkError } from '../base/errors';
import type { Edit } from '../engine/edits/edit';
import type { Trace } from '../engine/trace';
import type { LoadedModel } from '../models/loaded-model';
import { runBudget, sharedOut, type RunBudget } from './budget';
import type { RunInput } from './protocol';

/** All that a run is made from: plain data, so that it can be made again on another backend. */
export interface Recipe {
	readonly input: RunInput;
	/** Counts the models that the engine has had (see `ModelSeat`), for two may have one id. */
	readonly modelNumber: number;
	readonly edits: readonly Edit[];
	/** The taps that it keeps; null for all. */
	readonly names: readonly string[] | null;
	/** The run, as the model is, that it has its input from; null for one that was given a photo. */
	readonly of: number | null;
}

/** A run that is remembered. */
export interface Run extends Recipe {
	readonly id: number;
	/** The model that ran, at the size that it ran at. */
	readonly model: LoadedModel;
	/** What it kept; null while that is gone with a backend. The record's to dispose. */
	readonly trace: Trace | null;
}

/**
 * The runs that can be read, by id. It owns what they kept. Where all of them hold more than a budget, they let go of what
 * they computed again, and then the one that was asked for longest ago is forgotten.
 */
export class Runs {
	readonly budget: RunBudget;
	/** The one that was asked for longest ago comes first. */
	readonly #runs = new Map<number, Run>();
	#last = 0;

	/** @param all the bytes that all of them may hold together; by default, what the device lends */
	constructor(all?: number) {
		this.budget = all === undefined ? runBudget() : sharedOut(all);
	}

	/** The ids of those that are remembered, the one that was asked for longest ago first. */
	get ids(): number[] {
		return [...this.#runs.keys()];
	}

	/** The one that was asked for last; null where none is remembered. */
	get latest(): Run | null {
		return [...this.#runs.values()].at(-1) ?? null;
	}

	/** What all of them hold, in bytes. What several share counts once. */
	get bytes(): number {
		const held = new Map<object, number>();
		for (const { input, trace } of this.#runs.values()) {
			held.set(input, input.pixelValues.byteLength + input.seen.data.byteLength);
			for (const [memory, bytes] of trace?.memory ?? []) held.set(memory, bytes);
		}
		return [...held.values()].reduce((sum, bytes) => sum + bytes, 0);
	}

	/**
	 * Remembers a run. Others make room for it, but not the one that it starts from.
	 * @param trace the record's from now on
	 * @param beside another one that whoever asked goes on with, and that makes no room either
	 */
	add(recipe: Recipe & Pick<Run, 'model'>, trace: Trace, beside: number | null = null): Run {
		const run: Run = { ...recipe, id: ++this.#last, trace };
		this.#runs.set(run.id, run);
		for (const id of this.#untilItFits()) this.#runs.get(id)?.trace?.rest();
		for (const id of this.#untilItFits()) if (![run.id, run.of, beside].includes(id)) this.forget(id);
		return run;
	}

	/**
	 * Before something is computed: the runs let go of what they computed again, where that and one run more would be beyond
	 * the budget.
	 * @param reading the run that is read, and keeps what it has at hand; null where another is made
	 */
	makeRoom(reading: number | null = null): void {
		for (const id of this.#untilItFits(this.budget.one.all)) if (id !== reading) this.find(id)?.trace?.rest();
	}

	/** The runs that are remembered, as long as they and so many bytes more would hold more than the budget. */
	*#untilItFits(more = 0): Generator<number> {
		for (const id of this.ids) {
			if (this.bytes + more <= this.budget.all) return;
			yield id;
		}
	}

	/** Takes in what a run kept that was made again. @param trace the record's from now on */
	renew({ id }: Run, trace: Trace): void {
		this.#runs.set(id, { ...this.get(id), trace });
	}

	/** The next run's id is the one after `last`, or after that of the last run here. */
	countFrom(last: number): void {
		this.#last = Math.max(this.#last, last);
	}

	/** Remembers a run of a worker that is gone, under the id that it had; what it kept is gone with that. */
	restore(run: Omit<Run, 'trace'>): void {
		this.#runs.set(run.id, { ...run, trace: null });
		this.countFrom(run.id);
	}

	/** @throws PatchworkError `request` for one that is not remembered */
	get(id: number): Run {
		const run = this.#runs.get(id);
		if (!run) throw new PatchworkError('request', id > this.#last ? NEVER_WAS : GONE);
		this.#runs.delete(id);
		this.#runs.set(id, run);
		return run;
	}

	/** The run, without this counting as asking for it; null where it is not remembered. */
	find(id: number | null): Run | null {
		return id === null ? null : (this.#runs.get(id) ?? null);
	}

	/** Gives back what a run kept; does nothing where it is forgotten already. */
	forget(id: number): void {
		this.#runs.get(id)?.trace?.dispose();
		this.#runs.delete(id);
	}

	/**
	 * Gives back what the runs kept, because their backend goes. Those of a model that is still there stay, to be made
	 * again when they are read; the others can't be, and are forgotten.
	 */
	leave(modelNumber: number): void {
		for (const [id, run] of this.#runs) {
			run.trace?.dispose();
			if (run.modelNumber === modelNumber) this.#runs.set(id, { ...run, trace: null });
			else this.#runs.delete(id);
		}
	}

	dispose(): void {
		for (const id of this.ids) this.forget(id);
	}
}

const NEVER_WAS = 'There is no such run. Run a photo first.';
const GONE = 'That run has been let go. Run the photo again.';
