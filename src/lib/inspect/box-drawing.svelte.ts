import { boxBetween, keyBox, type ShareBox } from '../analysis/box-share';
import type { Selection } from '../run/selection.svelte';
import type { ModelView } from '../views/model-view';

interface Point {
	readonly x: number;
	readonly y: number;
}

/** What a box is drawn over and for. */
export interface Drawn {
	readonly view: Pick<ModelView, 'grid' | 'extent'>;
	readonly selection: Pick<Selection, 'box'>;
}

/** Where a box begins that is drawn with the keyboard: the middle quarter of the picture. */
const BEGINNING: ShareBox = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

/** The drawing of a box on the photo; points and `box` are in shares of what is drawn there. */
export class BoxDrawing {
	readonly #of: () => Drawn;
	#draft = $state.raw<ShareBox | null>(null);
	#from: Point | null = null;
	/** Whether the photo takes pointer and keys for drawing. */
	active = $state(false);

	constructor(of: () => Drawn) {
		this.#of = of;
	}

	/** The box that is being drawn, or else the one that stands. */
	get box(): ShareBox | null {
		return this.#draft ?? this.#onPicture(this.#of().selection.box);
	}

	/** Where a map reaches beyond what the model saw, the box is of the part that it saw. */
	#onPicture(box: ShareBox | null): ShareBox | null {
		const { width, height } = this.#of().view.extent;
		return box && { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
	}

	/** One patch, the step of the arrow keys. */
	get #step(): Point {
		const { rows, columns } = this.#of().view.grid;
		return { x: 1 / columns, y: 1 / rows };
	}

	begin(): void {
		this.active = true;
		this.#draft = this.box ?? BEGINNING;
	}

	/** Nothing is drawn before the pointer moves: a tap alone lets no box stand. */
	start(point: Point): void {
		this.#from = point;
		this.#draft = null;
	}

	drag(point: Point): void {
		if (this.#from) this.#draft = boxBetween(this.#from, point);
	}

	/** Gives whether the key was one of its own. */
	key(key: string, resize: boolean): boolean {
		const next = this.#draft && keyBox(this.#draft, key, resize, this.#step);
		if (next) this.#draft = next;
		return next !== null;
	}

	/** Lets the box stand, unless it is no more than a slip of the hand: less than half a patch. */
	finish(): void {
		const [draft, step] = [this.#draft, this.#step];
		this.cancel();
		if (!draft || (draft.width < step.x / 2 && draft.height < step.y / 2)) return;
		const { width, height } = this.#of().view.extent;
		const seen = boxBetween(
			{ x: draft.x * width, y: draft.y * height },
			{ x: (draft.x + draft.width) * width, y: (draft.y + draft.height) * height }
		);
		if (seen.width > 0 && seen.height > 0) this.#of().selection.box = seen;
	}

	cancel(): void {
		this.active = false;
		this.#draft = this.#from = null;
	}
}
