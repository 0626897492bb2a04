/** What this browser keeps for a next visit, thing by thing, as the list of it calls them. */
export type KeptId =
	'photo' | 'classes' | 'grown' | 'models' | 'working' | 'progress' | 'guesses' | 'settings' | 'site';

/*
 * What this browser keeps can be forgotten on a page that does not have the things themselves: whoever lives in this tab and
 * would write what it holds again says here how it lets go.
 */
const living = new Map<KeptId, () => void | Promise<void>>();

export function whenForgotten(thing: KeptId, letGo: () => void | Promise<void>): void {
	living.set(thing, letGo);
}

/** Has whoever holds a thing in this tab let go of it, if anybody does. */
export async function letGoOf(thing: KeptId): Promise<void> {
	await living.get(thing)?.();
}
