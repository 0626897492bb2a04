import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetPhoto, keepPhoto, loadPhoto } from './remember';

const database = vi.hoisted(() => ({ kept: undefined as unknown, error: null as Error | null, opened: 0 }));

/** The database of the browser, which Node lacks, as one variable. */
vi.mock('idb-keyval', () => {
	const run = <T>(work: () => T): Promise<T> =>
		database.error ? Promise.reject(database.error) : Promise.resolve(work());
	return {
		createStore: () => `store ${++database.opened}`,
		get: () => run(() => database.kept),
		set: (_: string, value: unknown) => run(() => void (database.kept = value)),
		del: () => run(() => void (database.kept = undefined))
	};
});

afterEach(() => Object.assign(database, { kept: undefined, error: null }));

describe('the remembered photo', () => {
	it('is kept, loaded and forgotten', async () => {
		const photo = { blob: new Blob(['pixels']), address: 'https://photos.example/cat.jpg' };
		expect(await loadPhoto()).toBeNull();
		await keepPhoto(photo);
		expect(await loadPhoto()).toEqual(photo);
		await keepPhoto({ blob: photo.blob });
		expect(await loadPhoto()).toEqual({ blob: photo.blob });
		await forgetPhoto();
		expect(await loadPhoto()).toBeNull();
	});

	it('is brought back as earlier versions kept it, which was the file alone', async () => {
		const blob = new Blob(['pixels']);
		for (const kept of [blob, { blob }]) {
			database.kept = kept;
			expect(await loadPhoto()).toEqual({ blob });
		}
	});

	it('lies in the database as bytes, since not every browser stores a Blob there', async () => {
		await keepPhoto({ blob: new Blob(['pixels'], { type: 'image/png' }) });
		expect(database.kept).toMatchObject({ file: { bytes: expect.any(ArrayBuffer) as ArrayBuffer, type: 'image/png' } });
	});

	it.each(['a string from another version', null, {}, { blob: 'no file' }])('is not %s', async (kept) => {
		database.kept = kept;
		expect(await loadPhoto()).toBeNull();
	});

	it('has no address that is none', async () => {
		database.kept = { blob: new Blob(['pixels']), address: 1 };
		expect(await loadPhoto()).not.toHaveProperty('address');
	});

	it('says when the storage is full', async () => {
		database.error = new DOMException('', 'QuotaExceededError');
		await expect(keepPhoto({ blob: new Blob(['pixels']) })).rejects.toMatchObject({
			code: 'storage',
			message: expect.stringMatching(/not remembered: the storage of this browser is full/) as string
		});
	});

	it('opens the database anew after a failure, and only then', async () => {
		await loadPhoto();
		const before = database.opened;
		await loadPhoto();
		expect(database.opened).toBe(before);
		database.error = new DOMException('', 'InvalidStateError');
		await expect(loadPhoto()).rejects.toMatchObject({ code: 'storage' });
		database.error = null;
		await loadPhoto();
		expect(database.opened).toBe(before + 1);
	});

	it.each([
		[loadPhoto, /could not be brought back/],
		[forgetPhoto, /could not be forgotten/]
	])('says when storage is forbidden (%#)', async (ask, sentence) => {
		database.error = new DOMException('', 'SecurityError');
		await expect(ask()).rejects.toThrow(sentence);
		await expect(ask()).rejects.toThrow(/does not let the page store anything/);
	});
});
