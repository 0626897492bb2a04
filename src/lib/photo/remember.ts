import { del, get, set } from 'idb-keyval';
import { isRecord } from '../base/json';
import { Database } from './database';
import { asKept, fromKept } from './kept-file';
import type { Photo } from './photo';

const KEY = 'last';

/** A database of its own, so that forgetting the photo cannot touch the models kept beside it. */
const database = new Database('patchwork-photo', 'photos');

/** A photo as it is kept: its file, and where that was fetched from, if others can fetch it there too. */
export type KeptPhoto = Pick<Photo, 'blob' | 'address'>;

/** Keeps the photo on this device, in place of the one before. Throws a `PatchworkError` of code `storage`. */
export function keepPhoto({ blob, address }: KeptPhoto): Promise<void> {
	return database.attempt('The photo was not remembered', async (store) => {
		const file = await asKept(blob);
		await set(KEY, address === undefined ? { file } : { file, address }, store);
	});
}

/** The photo that was kept, or null. Throws a `PatchworkError` of code `storage`. */
export function loadPhoto(): Promise<KeptPhoto | null> {
	return database.attempt('The last photo could not be brought back', async (store) => {
		return readKept(await get<unknown>(KEY, store));
	});
}

/** What earlier versions kept is the file alone, or lies under `blob`. */
function readKept(kept: unknown): KeptPhoto | null {
	const { file, blob: before, address } = isRecord(kept) ? kept : {};
	const blob = fromKept(file ?? before ?? kept);
	return blob && (typeof address === 'string' ? { blob, address } : { blob });
}

/** Removes the kept photo, if any. Throws a `PatchworkError` of code `storage`. */
export function forgetPhoto(): Promise<void> {
	return database.attempt('The last photo could not be forgotten', (store) => del(KEY, store));
}
