/*
 * What this browser keeps can be forgotten on a page that does not have the things themselves: whoever lives in this tab and
 * would write what it holds again says here how it lets go.
 */
const living = new Map<string, () => void | Promise<void>>();

/** @param thing as the list of what is kept calls it */
export function whenForgotten(thing: string, letGo: () => void | Promise<void>): void {
	living.set(thing, letGo);
}

/** Has whoever holds a thing in this tab let go of it, if anybody does. */
export async function letGoOf(thing: string): Promise<void> {
	await living.get(thing)?.();
}
