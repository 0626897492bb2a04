/*
 * A choice of yes or no that the browser keeps. One that keeps no settings keeps nothing else either, and says so when it is
 * asked to; the choice is then no.
 */

/** Whether the choice called so is yes. */
export function readChoice(key: string): boolean {
	try {
		return localStorage.getItem(key) === 'yes';
	} catch {
		return false;
	}
}

export function writeChoice(key: string, on: boolean): void {
	try {
		if (on) localStorage.setItem(key, 'yes');
		else localStorage.removeItem(key);
	} catch {
		// See above.
	}
}
