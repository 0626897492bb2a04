import { del, get, set } from 'idb-keyval';
import { Database } from './database';

const KEY = 'last';

/** A database of its own, so that forgetting the photo cannot touch the models kept beside it. */
const database = new Database('patchwork-photo', 'photos');

/** Keeps the photo on this device, in place of the one before. Throws a `PatchworkError` of code `storage`. */
export function keepPhoto(photo: Blob): Promise<void> {
	return database.attempt('The photo was not remembered', (store) => set(KEY, photo, store));
}

/** The photo that was kept, or null. Throws a `PatchworkError` of code `storage`. */
export function loadPhoto(): Promise<Blob | null> {
	return database.attempt('The last photo could not be brought back', async (store) => {
		const kept = await get<unknown>(KEY, store);
		return kept instanceof Blob ? kept : null;
	});
}

/** Removes the kept photo, if any. Throws a `PatchworkError` of code `storage`. */
export function forgetPhoto(): Promise<void> {
	return database.attempt('The last photo could not be forgotten', (store) => del(KEY, store));
}
