/** An abort signal that fires when another one does, or when nothing has been heard for a while. */
export class Watch {
	readonly #controller = new AbortController();
	readonly #outer: AbortSignal | undefined;
	readonly #milliseconds: number;
	readonly #abort = () => this.abort();
	#timer: ReturnType<typeof setTimeout>;
	#heard = performance.now();

	constructor(milliseconds: number, outer?: AbortSignal) {
		this.#milliseconds = milliseconds;
		this.#outer = outer;
		this.#timer = setTimeout(() => this.#look(), milliseconds);
		if (outer?.aborted) this.abort();
		outer?.addEventListener('abort', this.#abort);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Something was heard: wait anew. A download says so with every piece, too often to set a timer each time. */
	alive(): void {
		this.#heard = performance.now();
	}

	#look(): void {
		const left = this.#heard + this.#milliseconds - performance.now();
		if (left <= 0) this.abort();
		else this.#timer = setTimeout(() => this.#look(), left);
	}

	/** The work is over, or given up. */
	abort(): void {
		clearTimeout(this.#timer);
		this.#outer?.removeEventListener('abort', this.#abort);
		this.#controller.abort();
	}
}
