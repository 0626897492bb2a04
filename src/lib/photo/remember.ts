import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { PatchworkError } from '../base/errors';

const KEY = 'last';

let store: UseStore | undefined;

/** A database of its own, so that forgetting the photo cannot touch the models kept beside it. */
function photoStore(): UseStore {
	store ??= createStore('patchwork-photo', 'photos');
	return store;
}

function storageError(error: unknown, what: string): PatchworkError {
	const full = error instanceof DOMException && error.name === 'QuotaExceededError';
	const why = full ? 'the storage of this browser is full' : 'this browser does not let the page store anything';
	return new PatchworkError('storage', `${what}: ${why}. Everything else works without it.`, { cause: error });
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		// A database that failed to open once would fail for ever; the next call opens it anew.
		store = undefined;
		throw storageError(error, what);
	}
}

/** Keeps the photo on this device, in place of the one before. Throws a {@link PatchworkError} of code `storage`. */
export function keepPhoto(photo: Blob): Promise<void> {
	return attempt('The photo was not remembered', () => set(KEY, photo, photoStore()));
}

/** The photo that was kept, or null. Throws a {@link PatchworkError} of code `storage`. */
export function loadPhoto(): Promise<Blob | null> {
	return attempt('The last photo could not be brought back', async () => {
		const kept = await get<unknown>(KEY, photoStore());
		return kept instanceof Blob ? kept : null;
	});
}

/** Removes the kept photo, if any. Throws a {@link PatchworkError} of code `storage`. */
export function forgetPhoto(): Promise<void> {
	return attempt('The last photo could not be forgotten', () => del(KEY, photoStore()));
}
