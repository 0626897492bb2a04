/**
 * What becomes of a tap once the pass has gone on: it stays with the run, it is computed again when it is asked for (see
 * `again.ts`), or it is gone.
 */
export type Fate = 'kept' | 'again' | 'gone';

/** Says of every tap of a run what becomes of it. A reader of runs takes none of it for granted. */
export interface KeepPolicy {
	/** @param tap its name */
	fateOf(tap: string): Fate;
	/** A tap of more bytes than this is only ever made whole where it is kept or asked for. */
	readonly large: number;
}

/**
 * What is large: the pattern of a block of six heads with 56 x 56 patches (236 MB) is, and that of ViT-B/16 at 448 pixels
 * (30 MB) is not.
 */
const LARGE = 64 * 2 ** 20;

/** Keeps what is asked for before the run, by default all. */
export function keepAsked(isAsked: (tap: string) => boolean = () => true): KeepPolicy {
	return { fateOf: (tap) => (isAsked(tap) ? 'kept' : 'gone'), large: LARGE };
}

/** Keeps what is asked for, and computes the others again. */
export function keepOrRemake(isAsked: (tap: string) => boolean): KeepPolicy {
	return { fateOf: (tap) => (isAsked(tap) ? 'kept' : 'again'), large: LARGE };
}
