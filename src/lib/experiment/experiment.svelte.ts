import type { App } from '../app/app.svelte';
import { anatomyOf, groupsOf, pictureOf } from '../engine/families';
import { PatchworkError } from '../base/errors';
import type { Shown } from '../run/shown';
import { parsePermalink, unreadParts } from '../run/url';
import { Changes } from '../tools/changes.svelte';
import { viewOf } from '../views/families';
import type { About } from './interventions';
import { skips } from '../engine/edits/names';
import { readEdits } from './link';
import { Sweeping } from './sweep.svelte';
import { sweepsOf } from './sweeps';
import { Trusting } from './trust.svelte';

/** What a page of experiments holds: the run that is shown untouched, what is changed in it, and what sweeps found. */
export class Experiment {
	readonly app: App;
	readonly changes: Changes;
	readonly sweeping: Sweeping;
	readonly trusting: Trusting;
	/** The run that findings are of. */
	#of: Shown | null = null;
	/** What was wrong with a link's edits; null where nothing was. */
	notice = $state<string | null>(null);

	constructor(app: App) {
		this.app = app;
		this.changes = new Changes(app);
		this.sweeping = new Sweeping(app.session.share(), this.changes.after.runs);
		this.trusting = new Trusting(app.session.share());
	}

	/** What is drawn of the run after the changes, from the same block, head and token as before; null while nothing is changed. */
	readonly after = $derived.by(() => {
		const { shown } = this.changes.after;
		return shown && viewOf(shown, this.app.selection, this.app.settings);
	});

	/** Whether the changes pass the chosen block by, so that nothing of it can be measured. */
	readonly passesBlockBy = $derived.by(() => {
		const { shown } = this.changes.after;
		const name = shown && anatomyOf(shown.model.config).blocks[this.app.selection.block];
		return name ? skips(this.changes.edits, name) : false;
	});

	/** The class that is followed, from 0: the one that was chosen or else the untouched run's first; null without classes. */
	get chosen(): number | null {
		return this.app.selection.classIndex;
	}

	choose(index: number): void {
		this.app.selection.chooseClass(index);
	}

	readonly about = $derived.by((): About | null => {
		const { base, grid } = this.changes;
		if (!base || !grid) return null;
		const { config } = base.model;
		const samples = this.app.samples.filter(({ id }) => id !== base.photo.sample).map(({ id }) => id);
		return { anatomy: anatomyOf(config), groups: groupsOf(config), picture: pictureOf(config), grid, samples };
	});

	readonly sweeps = $derived.by(() => (this.about ? sweepsOf(this.about, this.changes.hidden) : []));

	/** Takes up an address. */
	open({ searchParams, hash }: Pick<URL, 'searchParams' | 'hash'>): void {
		void this.app.open(parsePermalink(searchParams), unreadParts(searchParams));
		try {
			this.changes.history.begin(readEdits(hash));
		} catch (error) {
			if (!(error instanceof PatchworkError)) throw error;
			this.notice = error.message;
		}
	}

	/** Lets go of what was found on another photo or by another model, or is being looked for there. Call it in an effect. */
	forgetOld(): void {
		const { base } = this.changes;
		if (this.#of === base) return;
		this.#of = base;
		this.sweeping.clear();
		this.trusting.clear();
	}

	stop(): void {
		this.sweeping.stop();
		this.trusting.stop();
		this.changes.stop();
	}
}
