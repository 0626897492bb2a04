import type { Grid } from '../marks/tokens';
import type { Selection } from '../run/selection.svelte';

/** A view that another one may look from. */
export interface LookedFrom {
	/** The tokens of the map over the photo. In some models they are others in each block. */
	readonly grid: Grid;
	/** The query, as a token of the map. */
	readonly token: number;
	/** The features that patches are held against each other by, of one token; null while they are not there. */
	featureOf(token: number): Float32Array | null;
}

/** What is looked at, and where the pointer goes. Blocks, heads, patches and classes count from 0. */
export interface Looking extends Pick<
	Selection,
	'block' | 'head' | 'token' | 'direction' | 'hovered' | 'picked' | 'classIndex' | 'hover' | 'pick' | 'on'
> {
	/** The view of another photo that the query is in; without it, it is in the view's own. */
	readonly lookedFrom?: LookedFrom | null;
}
