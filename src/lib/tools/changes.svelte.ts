import { untrack } from 'svelte';
import type { App } from '../app/app.svelte';
import { siteRoot } from '../base/site';
import { anatomyOf } from '../engine/families';
import type { Edit } from '../engine/edits/edit';
import { decodeCalmly } from '../photo/photo-thread';
import { takeSample } from '../photo/samples';
import type { Shown } from '../run/shown';
import { After } from './after.svelte';
import { brushGrid, type BrushGrid } from './brush';
import { hiddenIn, NOTHING, withHidden, type Hidden } from './hiding';
import { History } from './history.svelte';
import { sampleNamed, type TakePhoto } from './photo-runs';

/**
 * What a reader changes in the run of the photo that is shown, and what the model makes of it. The list of edits is all
 * that it remembers: what the brush hides is one of them.
 */
export class Changes {
	readonly #app: App;
	readonly history = new History<readonly Edit[]>([]);
	readonly after: After;

	/** @param make a stand-in for tests */
	constructor(app: App, make = (take: TakePhoto) => new After(app.session.share(), take)) {
		this.#app = app;
		this.after = make((name, signal) => this.#takeSample(name, signal));
	}

	/** The untouched run; null while there is none. */
	get base(): Shown | null {
		return this.#app.session.shown;
	}

	get edits(): readonly Edit[] {
		return this.history.now;
	}

	/** Whether what is shown is of the edits as they are now, or cannot be. */
	readonly settled = $derived.by((): boolean => {
		const { shown, busy, error } = this.after;
		if (busy) return false;
		return this.edits.length === 0 ? shown === null : error !== null || shown?.edits === this.edits;
	});

	readonly grid = $derived.by((): BrushGrid | null => {
		const { base } = this;
		if (!base) return null;
		const { prefix } = anatomyOf(base.model.config);
		return brushGrid(base.grid, prefix.length);
	});

	/** What the brush has hidden, and how it hides. */
	readonly hidden = $derived.by((): Hidden => {
		const { grid } = this;
		const hidden = grid ? hiddenIn(this.edits, grid) : NOTHING;
		return hidden.squares.size > 0 ? hidden : { ...hidden, ...this.#asked };
	});
	/** How the next stroke is to hide, while nothing is hidden. */
	#asked = $state.raw<Partial<Pick<Hidden, 'hiding' | 'run'>>>({});

	/** Hides these squares and no others. @param stroke see {@link History.go} */
	hide(squares: ReadonlySet<number>, stroke: unknown = null): void {
		this.#hideAs({ squares }, stroke);
	}

	/** Hides in another way. @param run whose pixels take the place, where another photo's do */
	hideAs(hiding: Hidden['hiding'], run: Hidden['run'] = this.hidden.run): void {
		this.#asked = { hiding, run };
		this.#hideAs({ hiding, run });
	}

	#hideAs(part: Partial<Hidden>, stroke: unknown = null): void {
		const { grid, edits } = this;
		if (!grid) return;
		const next = withHidden(edits, { ...this.hidden, ...part }, grid);
		if (JSON.stringify(next) !== JSON.stringify(edits)) this.history.go(next, stroke);
	}

	/** Adds edits after the others; they are undone together. */
	add(edits: readonly Edit[]): void {
		if (edits.length > 0) this.history.go([...this.edits, ...edits]);
	}

	/** @param index of the edit in the list, from 0 */
	remove(index: number): void {
		this.history.go(this.edits.filter((_, i) => i !== index));
	}

	clear(): void {
		if (this.edits.length > 0) this.history.go([]);
	}

	/** Has the model follow. Call it in an effect: it is to be called again when the run or the edits change. */
	follow(): void {
		const { base, edits } = this;
		// What comes of it is no reason to follow again.
		untrack(() => this.after.follow(base, edits));
	}

	stop(): void {
		this.after.stop();
	}

	async #takeSample(name: string, signal: AbortSignal): Promise<ImageBitmap> {
		const sample = sampleNamed(name, this.#app.samples);
		return (await takeSample(sample, siteRoot(), decodeCalmly, signal)).bitmap;
	}
}
