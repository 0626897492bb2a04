import { clear, delMany, getMany, get, keys, setMany } from 'idb-keyval';
import { isRecord } from '../../base/json';
import { Database } from '../../photo/database';
import { asKept, fromKept } from '../../photo/kept-file';
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
		const fresh = [...photos].filter(([key]) => !there.has(key));
		const written = fresh.map(async ([key, photo]): Promise<[string, unknown]> => [key, await asWritten(photo)]);
		await setMany([...(await Promise.all(written)), [LIST, list]], store);
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
				return { id, name, photos: found.map(readPhoto).filter((photo) => photo !== null) };
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

/** A photo as it lies in the database. */
const asWritten = async ({ blob, thumb, ...about }: OwnPhoto) => ({
	...about,
	blob: await asKept(blob),
	thumb: await asKept(thumb)
});

/** A photo that was kept; null for what is none. */
function readPhoto(value: unknown): OwnPhoto | null {
	if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['title'] !== 'string') return null;
	const [blob, thumb] = [fromKept(value['blob']), fromKept(value['thumb'])];
	return blob && thumb && { id: value['id'], title: value['title'], blob, thumb };
}
