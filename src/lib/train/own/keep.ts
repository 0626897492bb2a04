import { clear, delMany, getMany, get, keys, setMany } from 'idb-keyval';
import { isRecord } from '../../base/json';
import { Database } from '../../photo/database';
import type { Classes, OwnClass, OwnPhoto } from './classes';

const database = new Database('patchwork-own-classes', 'classes');

/** Under which the list of classes lies; each photo lies beside it under its own id. */
const LIST = 'classes';
const PHOTO = 'photo:';

/** A class as it is written down: its photos lie elsewhere, so that a new name writes no photo again. */
interface Listed extends Pick<OwnClass, 'id' | 'name'> {
	readonly photos: readonly string[];
}

/** Keeps classes with their photos on this device, in place of those before. @throws PatchworkError `storage` */
export function keepClasses(classes: Classes): Promise<void> {
	return database.attempt('Your classes were not remembered', async (store) => {
		const photos = new Map(classes.flatMap((one) => one.photos).map((photo) => [PHOTO + photo.id, photo]));
		const there = new Set((await keys<string>(store)).filter((key) => key.startsWith(PHOTO)));
		const list = classes.map(({ id, name, photos: own }): Listed => ({
			id,
			name,
			photos: own.map((photo) => photo.id)
		}));
		// The list comes last: it names nothing that is not there.
		await setMany([...[...photos].filter(([key]) => !there.has(key)), [LIST, list]], store);
		await delMany(
			[...there].filter((key) => !photos.has(key)),
			store
		);
	});
}

/** The classes of the last visit; none where none were kept. @throws PatchworkError `storage` */
export function loadClasses(): Promise<Classes> {
	return database.attempt('Your classes could not be brought back', async (store) => {
		const list: unknown = await get(LIST, store);
		const classes = Array.isArray(list) ? list.filter(isListed) : [];
		return Promise.all(
			classes.map(async ({ id, name, photos }) => {
				const found = await getMany<unknown>(
					photos.map((photo) => PHOTO + photo),
					store
				);
				return { id, name, photos: found.filter(isPhoto) };
			})
		);
	});
}

/** Removes all that was kept. @throws PatchworkError `storage` */
export function forgetClasses(): Promise<void> {
	return database.attempt('Your classes could not be forgotten', (store) => clear(store));
}

function isListed(value: unknown): value is Listed {
	return (
		isRecord(value) &&
		typeof value['id'] === 'string' &&
		typeof value['name'] === 'string' &&
		Array.isArray(value['photos'])
	);
}

function isPhoto(value: unknown): value is OwnPhoto {
	return (
		isRecord(value) &&
		typeof value['id'] === 'string' &&
		typeof value['title'] === 'string' &&
		value['blob'] instanceof Blob &&
		value['thumb'] instanceof Blob
	);
}
