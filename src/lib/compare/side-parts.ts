import type { App } from '../app/app.svelte';
import type { Grid } from '../marks/tokens';
import type { ModelEntry } from '../models/registry';
import type { HeadChoice, Limits } from '../run/selection.svelte';
import type { Picture } from '../run/shown';
import type { Direction } from '../run/url';
import type { ViewSettings } from '../run/view-settings.svelte';
import type { Name } from './kinds';
import type { Query } from '../run/places';

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
	hover(query: Query | null): void;
	pick(query: Query): void;
	direction(): Direction;
	/** Whether both show one photo, so that places on it are the same for both. */
	samePhoto(): boolean;
	/** What it shows before a choice is made. */
	firstLook(entry: ModelEntry | null, limits: Limits): Limits['firstLook'];
	readonly settings: ViewSettings;
}

/** A map over a picture. */
export interface Drawn {
	readonly grid: Grid;
	readonly picture: Picture | null;
	/** One a token of the grid, row by row; NaN where the query cannot look. */
	readonly values: Float32Array | null;
	readonly token: number;
	readonly hovered: number | null;
	readonly showGrid: boolean;
	describe(token: number): string;
}

/** What one row of the attention is like, or the mean of many. */
export interface Figures {
	/** In nats. */
	readonly entropy: number;
	/** In pixels of the model's input; null of a token without a place. */
	readonly distance: number | null;
	/** What CLS gets, in [0, 1]; null where there is none. */
	readonly cls: number | null;
}
