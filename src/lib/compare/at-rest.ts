import type { Grid } from '../marks/tokens';
import type { HeadChoice, Looked } from '../run/selection.svelte';
import type { Direction } from '../run/url';
import type { Looking } from '../views/looking';

/** What is looked at as it is without the pointer: from the token that was picked to stay. */
export class AtRest implements Looking {
	readonly #of: Looking;
	readonly hovered = null;
	/** Another photo's view follows the pointer. */
	readonly lookedFrom = null;

	constructor(of: Looking) {
		this.#of = of;
	}

	get block(): number {
		return this.#of.block;
	}

	get head(): HeadChoice {
		return this.#of.head;
	}

	get direction(): Direction {
		return this.#of.direction;
	}

	get classIndex(): number | null {
		return this.#of.classIndex;
	}

	get picked(): number {
		return this.#of.picked;
	}

	get token(): number {
		return this.#of.picked;
	}

	on(grid: Grid): Looked {
		const { picked } = this.#of.on(grid);
		return { token: picked, picked, hovered: null };
	}

	hover(token: number | null, grid?: Grid): void {
		this.#of.hover(token, grid);
	}

	pick(token: number, grid?: Grid): void {
		this.#of.pick(token, grid);
	}
}
