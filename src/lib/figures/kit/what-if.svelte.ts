import { toPatchworkError } from '../../base/errors';
import type { Edit } from '../../engine/edits/edit';
import type { AsideResult } from '../../run/aside';
import type { ModelRun } from '../figure';

/** Something that the model could do otherwise on the reader's photo. */
export interface WhatIf {
	/** What the button says, as an order: `Silence head 2`. */
	readonly label: string;
	readonly edits: readonly Edit[];
}

type Edits = WhatIf['edits'];

/** The same edits are often made anew; some hold a whole picture, and are only looked into where they are not the very same. */
const isSame = (one: Edits, other: Edits) => one === other || JSON.stringify(one) === JSON.stringify(other);

/** One change of the reader's run at a time: asked for, under way, answered, taken back. */
export class Trial {
	#answer = $state.raw<{ readonly of: ModelRun; readonly edits: Edits; readonly result: AsideResult } | null>(null);
	#busy = $state.raw<Edits | null>(null);
	#failed = $state<string | null>(null);
	#controller: AbortController | null = null;

	/** Why the last one could not be run, in a sentence. */
	get failed(): string | null {
		return this.#failed;
	}

	/** Whether this one is being run. */
	isRunning({ edits }: WhatIf): boolean {
		return this.#busy !== null && isSame(this.#busy, edits);
	}

	/** What came of it on this run; null where it was not asked, or of another. */
	resultOf(run: ModelRun, { edits }: WhatIf): AsideResult | null {
		const answer = this.#answer;
		return answer?.of === run && isSame(answer.edits, edits) ? answer.result : null;
	}

	/** Does it to the run; a second time takes it back. */
	async toggle(run: ModelRun, one: WhatIf): Promise<void> {
		const had = this.resultOf(run, one) !== null;
		this.stop();
		if (had) return;
		const mine = (this.#controller = new AbortController());
		const { edits } = one;
		this.#busy = edits;
		try {
			const result = await run.experiment(edits, [], mine.signal);
			if (!mine.signal.aborted) this.#answer = { of: run, edits, result };
		} catch (error) {
			if (!mine.signal.aborted)
				this.#failed = toPatchworkError(error, 'request', 'The model could not be run on this.').message;
		} finally {
			if (this.#controller === mine) this.#busy = null;
		}
	}

	/** Takes back what was done, and ends what is under way. */
	stop(): void {
		this.#controller?.abort();
		this.#controller = null;
		[this.#answer, this.#busy, this.#failed] = [null, null, null];
	}
}
