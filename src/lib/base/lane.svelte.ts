import { toPatchworkError, type ErrorCode } from './errors';
import { Gate } from './gate';
import type { Progress } from './progress';

/** Work that is under way, for the page to show. */
export interface Task {
	/** What is being done, e.g. 'Fetching ViT-Tiny'. */
	readonly label: string;
	/** Null until a size is known, and for work that has none. */
	readonly progress: Progress | null;
}

/** Work that never looks at its gate cannot be held up, and loses nothing by it. */
export type Work<T> = (signal: AbortSignal, report: (progress: Progress) => void, gate: Gate) => Promise<T>;

/** What to say when something fails that says nothing itself. */
export interface Failure {
	readonly code: ErrorCode;
	readonly sentence: string;
}

/**
 * One thing at a time, and the newest wins: starting work cancels what was under way, and an answer that comes for
 * cancelled work is dropped. The sentence of the last failure stays until it is dismissed or new work starts.
 */
export class Lane {
	#controller: AbortController | null = null;
	#gate = new Gate();
	#paused = $state(false);
	#task = $state.raw<Task | null>(null);
	#error = $state<string | null>(null);

	get task(): Task | null {
		return this.#task;
	}

	get error(): string | null {
		return this.#error;
	}

	/** Whether the reader holds the work up. */
	get paused(): boolean {
		return this.#paused;
	}

	/** Whether there is something to hold up: a transfer whose end has not come yet. */
	get canPause(): boolean {
		const progress = this.#task?.progress;
		return progress != null && progress.loaded !== progress.total;
	}

	/** Holds the work up, at the next place where that can be done; what has been transferred stays. */
	pause(): void {
		this.#hold(true);
	}

	resume(): void {
		this.#hold(false);
	}

	/** Never rejects: gives null where the work failed (see `error`) or was cancelled (which is no error). */
	async attempt<T>(label: string, failure: Failure, work: Work<T>): Promise<T | null> {
		this.cancel();
		const controller = new AbortController();
		this.#controller = controller;
		this.#gate = new Gate();
		this.#task = { label, progress: null };
		this.#error = null;
		try {
			const report = (progress: Progress) => {
				if (this.#controller === controller) this.#task = { label, progress };
			};
			const result = await work(controller.signal, report, this.#gate);
			controller.signal.throwIfAborted();
			return result;
		} catch (thrown) {
			this.#fail(controller, toPatchworkError(thrown, failure.code, failure.sentence));
			return null;
		} finally {
			if (this.#controller === controller) this.#end();
		}
	}

	/** Shows a failure that happened outside of this lane's own work. */
	report(message: string): void {
		this.#error = message;
	}

	cancel(): void {
		this.#controller?.abort();
		this.#end();
	}

	dismiss(): void {
		this.#error = null;
	}

	#fail(controller: AbortController, error: { code: ErrorCode; message: string }): void {
		if (error.code !== 'cancelled' && !controller.signal.aborted) this.#error = error.message;
	}

	#hold(paused: boolean): void {
		if (!this.#task) return;
		this.#paused = paused;
		if (paused) this.#gate.pause();
		else this.#gate.resume();
	}

	#end(): void {
		this.#controller = null;
		this.#task = null;
		this.#paused = false;
	}
}
