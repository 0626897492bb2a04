import { del, get, set } from 'idb-keyval';
import { Database } from './database';
import type { Photo } from './photo';

const KEY = 'last';

/** A database of its own, so that forgetting the photo cannot touch the models kept beside it. */
const database = new Database('patchwork-photo', 'photos');

/** A photo as it is kept: its file, and where that was fetched from, if others can fetch it there too. */
export type KeptPhoto = Pick<Photo, 'blob' | 'address'>;

/** Keeps the photo on this device, in place of the one before. Throws a `PatchworkError` of code `storage`. */
export function keepPhoto({ blob, address }: KeptPhoto): Promise<void> {
	const photo: KeptPhoto = address === undefined ? { blob } : { blob, address };
	return database.attempt('The photo was not remembered', (store) => set(KEY, photo, store));
}

/** The photo that was kept, or null. Throws a `PatchworkError` of code `storage`. */
export function loadPhoto(): Promise<KeptPhoto | null> {
	return database.attempt('The last photo could not be brought back', async (store) => {
		return readKept(await get<unknown>(KEY, store));
	});
}

/** What an earlier version kept is the file alone. */
function readKept(kept: unknown): KeptPhoto | null {
	if (kept instanceof Blob) return { blob: kept };
	if (typeof kept !== 'object' || kept === null || !('blob' in kept) || !(kept.blob instanceof Blob)) return null;
	const { blob } = kept;
	return 'address' in kept && typeof kept.address === 'string' ? { blob, address: kept.address } : { blob };
}

/** Removes the kept photo, if any. Throws a `PatchworkError` of code `storage`. */
export function forgetPhoto(): Promise<void> {
	return database.attempt('The last photo could not be forgotten', (store) => del(KEY, store));
}
