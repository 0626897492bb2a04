/*
 * A choice of yes or no that the browser keeps. One that keeps no settings keeps nothing else either, and says so when it is
 * asked to; the choice is then no.
 */

/** Whether the choice called so is yes. */
export function readChoice(key: string, storage: () => Pick<Storage, 'getItem'> = () => localStorage): boolean {
	try {
		return storage().getItem(key) === 'yes';
	} catch {
		return false;
	}
}

export function writeChoice(
	key: string,
	on: boolean,
	storage: () => Pick<Storage, 'setItem' | 'removeItem'> = () => localStorage
): void {
	try {
		if (on) storage().setItem(key, 'yes');
		else storage().removeItem(key);
	} catch {
		// See above.
	}
}
