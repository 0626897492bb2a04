/** An abort signal that fires when another one does, or when nothing has been heard for a while. */
export class Watch {
	readonly #controller = new AbortController();
	readonly #outer: AbortSignal | undefined;
	readonly #milliseconds: number;
	readonly #abort = () => this.abort();
	#timer: ReturnType<typeof setTimeout>;

	constructor(milliseconds: number, outer?: AbortSignal) {
		this.#milliseconds = milliseconds;
		this.#outer = outer;
		this.#timer = setTimeout(this.#abort, milliseconds);
		if (outer?.aborted) this.abort();
		outer?.addEventListener('abort', this.#abort);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Something was heard: wait anew. */
	alive(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(this.#abort, this.#milliseconds);
	}

	/** The work is over, or given up. */
	abort(): void {
		clearTimeout(this.#timer);
		this.#outer?.removeEventListener('abort', this.#abort);
		this.#controller.abort();
	}
}
