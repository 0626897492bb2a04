/** What an experiment changes in the forward pass; without any, the pass is the model's own. */
export interface Changes {
	/**
	 * The patch that stands at each place of the sequence, counted from 0 without CLS: a permutation of all patches.
	 * Positions stay where they are, so a moved patch gets the position of its new place.
	 */
	readonly order?: readonly number[];
	/** `false`: no position is added to any token. */
	readonly positions?: boolean;
}
