/**
 * Tells when another tab of this site writes a setting, or removes it: what this tab holds of it is then no longer so, and
 * would be written over what the other tab's reader has chosen. Told as long as the page lives.
 * @param key name in `localStorage`
 * @param tabs where a browser says so: the window; where there is none, as while pages are built, nothing is told
 */
export function whenWrittenElsewhere(
	key: string,
	tell: () => void,
	tabs: Pick<EventTarget, 'addEventListener'> | undefined = globalThis.window
): void {
	tabs?.addEventListener('storage', (event) => {
		// Without a key, all of it was cleared.
		const written = 'key' in event ? event.key : null;
		if (written === key || written === null) tell();
	});
}
