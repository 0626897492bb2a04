/** A worker of the engine that runs. */
export interface Begun {
	readonly worker: Worker;
	/** What it has said of its life, if that was before anybody else listened: see `base/lifeline.ts`. */
	readonly alive?: unknown;
}

/** What the script at the head of a page leaves for the page's own scripts, see `scripts/lib/starter.js`. */
interface Early extends Begun {
	/** Whether it broke down before anybody listened. */
	readonly failed: boolean;
}

declare global {
	/** Of this page, until it is taken. */
	var patchworkEngine: Early | undefined;
}

/**
 * The engine's worker that the page began with, for the first who asks: it is theirs to end. Null where there is none, as
 * on a page that does not run a model at once, or where it broke down and has to be begun anew.
 */
export function takeEarly(): Begun | null {
	const early = globalThis.patchworkEngine;
	globalThis.patchworkEngine = undefined;
	return early && !early.failed ? early : null;
}
