/** How long a block stays before the next one comes, in milliseconds: long enough to see what has changed. */
const STAY = 900;

/** Goes through the blocks one after the other, until it is stopped or the last one is reached. */
export class BlockWalk {
	#playing = $state(false);
	#timer: ReturnType<typeof setTimeout> | undefined;

	get playing(): boolean {
		return this.#playing;
	}

	/**
	 * Begins at the first block where the last one is shown, and goes on from the one that is shown elsewhere.
	 * @param at the block that is shown, counted from 0 @param blocks how many there are @param show shows another
	 */
	play(at: number, blocks: number, show: (block: number) => void): void {
		this.stop();
		if (blocks < 2) return;
		this.#playing = true;
		const go = (block: number) => {
			show(block);
			if (block + 1 < blocks) this.#timer = setTimeout(() => go(block + 1), STAY);
			else this.#playing = false;
		};
		if (at + 1 < blocks) this.#timer = setTimeout(() => go(at + 1), STAY);
		else go(0);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#playing = false;
	}
}
