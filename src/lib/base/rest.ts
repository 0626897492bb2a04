/** Milliseconds without work after which nobody is waiting: what a page draws first is asked for piece by piece. */
const PAUSE = 1000;

/** Milliseconds after which what can wait goes on all the same: a slow machine may have something to draw all the time. */
const PATIENCE = 5000;

/** Knows when nothing is under way: what can wait does not share the cores and the line with what a reader waits for. */
export class Rest {
	#underWay = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#waiting: (() => void)[] = [];

	/** Does work, during which there is no rest. @throws what the work throws */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.#underWay++;
		clearTimeout(this.#timer);
		try {
			return await work();
		} finally {
			this.#underWay--;
			this.#listen();
		}
	}

	/** Comes when there has been no work for a while, and the page has nothing to draw. */
	async come(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#waiting.push(resolve);
			this.#listen();
		});
		await drawn();
	}

	#listen(): void {
		clearTimeout(this.#timer);
		if (this.#underWay === 0 && this.#waiting.length > 0) this.#timer = setTimeout(() => this.#tell(), PAUSE);
	}

	#tell(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const resolve of waiting) resolve();
	}
}

/** Comes when the page has nothing to draw, or has had for long; at once where the browser does not say when. */
function drawn(): Promise<void> {
	const ask = globalThis.requestIdleCallback as typeof requestIdleCallback | undefined;
	return new Promise((resolve) => (ask ? ask(() => resolve(), { timeout: PATIENCE }) : resolve()));
}
