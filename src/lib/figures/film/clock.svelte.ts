import { SCENES } from './scenes';

/** How long a scene takes at the reader's speed of 1, in milliseconds. */
const SCENE = 4000;
/** A page that was out of sight goes on where it was, and not where it would be. */
const LONGEST = 100;

/** Where the film stands, and whether it runs. */
export class Clock {
	/** In [0, 1]. */
	t = $state(0);
	playing = $state(false);
	/** Of {@link SCENE}, as often as this. */
	speed = $state(1);
	#end = 1;
	#frame = 0;
	#before = 0;

	/** Stands still here. */
	seek(t: number): void {
		this.pause();
		this.t = Math.min(1, Math.max(0, t));
	}

	/** Runs on until `end`; from the beginning where it has ended. */
	play(end = 1): void {
		if (this.t >= end) this.t = 0;
		this.#end = end;
		this.playing = true;
		this.#before = performance.now();
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(this.#tick);
	}

	pause(): void {
		if (!this.playing) return;
		this.playing = false;
		cancelAnimationFrame(this.#frame);
	}

	readonly #tick = (now: number): void => {
		const passed = Math.min(LONGEST, Math.max(0, now - this.#before));
		this.#before = now;
		this.t = Math.min(this.#end, this.t + (passed * this.speed) / (SCENE * SCENES.length));
		if (this.t >= this.#end) this.playing = false;
		else this.#frame = requestAnimationFrame(this.#tick);
	};
}
