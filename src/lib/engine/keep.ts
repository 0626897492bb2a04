/** What becomes of a tap once the pass has gone on: it stays with the run, or is computed again when it is asked for. */
export type Fate = 'kept' | 'again';

/** Says of every tap of a run what becomes of it. A reader of runs takes neither for granted. */
export interface KeepPolicy {
	/** @param tap its name */
	fateOf(tap: string): Fate;
}

/** Keeps what is asked for before the run, by default all. */
export function keepAsked(isAsked: (tap: string) => boolean = () => true): KeepPolicy {
	return { fateOf: (tap) => (isAsked(tap) ? 'kept' : 'again') };
}
