import type { App } from '../app/app.svelte';
import type { ModelEntry } from '../models/registry';
import type { HeadChoice, Limits } from '../run/selection.svelte';
import type { Direction } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Name } from './kinds';
import type { Query } from '../run/places';
import type { LookedFrom } from '../views/looking';

/** A panel whose choice another follows. */
export interface Leading {
	/** Number of its model's blocks. */
	readonly depth: number;
	/** What was chosen in it, counted from 0. */
	readonly own: { readonly block: number; readonly head: HeadChoice };
}

/** What a panel is told by the comparison that it belongs to; asked for at each use. */
export interface SideParts {
	readonly name: Name;
	/** Whose run it shows; null while there is none. */
	source(): App | null;
	/** The panel whose block (and head) this one shows as well; null where its own choice holds. */
	leader(): Leading | null;
	/** Whether a head goes with the leader's block. */
	headsGoTogether(): boolean;
	/** What both look from. */
	query(): Query;
	/** What both look from if the pointer leaves. */
	picked(): Query;
	pointed(): Query | null;
	/** The other panel's view, where features are held against those of a patch of its photo. */
	lookedFrom(): LookedFrom | null;
	hover(query: Query | null): void;
	pick(query: Query): void;
	direction(): Direction;
	/** Whether both show one photo, so that places on it are the same for both. */
	samePhoto(): boolean;
	/** What it shows before a choice is made. */
	firstLook(entry: ModelEntry | null, limits: Limits): Limits['firstLook'];
	readonly settings: ViewSettings;
}
