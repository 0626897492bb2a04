/** Turns of the wheel, in pixels, that make one level. */
const TURN = 60;

/** A pause of so many milliseconds ends a gesture. */
const PAUSE = 300;

/** Adds up the turns of a wheel until they are enough to go to the next level. */
export class Turns {
	#turned = 0;
	#last = -Infinity;

	/** @returns whether that was enough, after which it begins anew */
	add({ deltaY, timeStamp }: Pick<WheelEvent, 'deltaY' | 'timeStamp'>): boolean {
		const goesOn = timeStamp - this.#last <= PAUSE && deltaY * this.#turned >= 0;
		this.#turned = (goesOn ? this.#turned : 0) + deltaY;
		this.#last = timeStamp;
		const enough = Math.abs(this.#turned) >= TURN;
		if (enough) this.clear();
		return enough;
	}

	clear(): void {
		this.#turned = 0;
	}
}
