/** Values one after the other, with the way back: what an undo stack is. The values are never changed, only replaced. */
export class History<T> {
	#past = $state.raw<readonly T[]>([]);
	#now = $state.raw() as T;
	#future = $state.raw<readonly T[]>([]);
	/** The stroke that the last change was of; null where it was a change by itself. */
	#stroke: unknown = null;

	constructor(first: T) {
		this.#now = first;
	}

	get now(): T {
		return this.#now;
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}

	get canRedo(): boolean {
		return this.#future.length > 0;
	}

	/**
	 * Goes on to a value; what had been undone is gone.
	 * @param stroke what the change is a part of: changes with the same one, in a row, are undone together. Null for one
	 * by itself
	 */
	go(next: T, stroke: unknown = null): void {
		if (stroke === null || stroke !== this.#stroke) this.#past = [...this.#past, this.#now];
		this.#stroke = stroke;
		this.#now = next;
		this.#future = [];
	}

	/** Begins anew, with nothing to undo. */
	begin(first: T): void {
		[this.#past, this.#now, this.#future, this.#stroke] = [[], first, [], null];
	}

	undo(): void {
		const before = this.#past.at(-1);
		if (before === undefined) return;
		this.#future = [this.#now, ...this.#future];
		[this.#now, this.#past, this.#stroke] = [before, this.#past.slice(0, -1), null];
	}

	redo(): void {
		const [next, ...later] = this.#future;
		if (next === undefined) return;
		this.#past = [...this.#past, this.#now];
		[this.#now, this.#future, this.#stroke] = [next, later, null];
	}
}
