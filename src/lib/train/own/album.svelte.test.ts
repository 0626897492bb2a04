import { describe, expect, it } from 'vitest';
import { PatchworkError } from '../../base/errors';
import { Album, type AlbumParts } from './album.svelte';
import type { Classes } from './classes';

/** A store that lasts from one album to the next, and a file's text for what it shows. */
function parts(error: Error | null = null) {
	const log = { kept: [] as Classes, forgotten: 0 };
	const made: AlbumParts = {
		open: async (file, title) => {
			const id = await file.text();
			if (id === 'bad') throw new PatchworkError('photo', 'This is no photo.');
			return { id, title, blob: file, thumb: new Blob() };
		},
		keep: async (classes) => {
			if (error) throw error;
			log.kept = classes;
		},
		load: async () => log.kept,
		forget: async () => void log.forgotten++
	};
	return { log, made };
}

const group = (folder: string | null, ...texts: string[]) => ({
	folder,
	files: texts.map((text) => new File([text], `${text}.jpg`))
});
const plain = ({ classes }: Album) =>
	classes.map(({ name, photos }) => `${name}: ${photos.map(({ id }) => id).join(' ')}`);

describe('an album', () => {
	it('makes a class of each folder, and of files that came in none', async () => {
		const album = new Album(parts().made);
		await album.add([group('cats', 'a', 'b'), group('dogs', 'c'), group(null, 'd')]);
		expect(plain(album)).toEqual(['cats: a b', 'dogs: c', 'Class 3: d']);
	});

	it('adds to the class of a folder’s name, or to the one that is said', async () => {
		const album = new Album(parts().made);
		await album.add([group('cats', 'a'), group('dogs', 'b')]);
		await album.add([group('Cats', 'c')]);
		await album.add([group(null, 'd')], album.classes[1]?.id);
		expect(plain(album)).toEqual(['cats: a c', 'dogs: b d']);
	});

	it('goes on past bad files and photos that are here already, and says which', async () => {
		const album = new Album(parts().made);
		await album.add([group('cats', 'a', 'bad', 'b'), group('dogs', 'a', 'c')]);
		expect(plain(album)).toEqual(['cats: a b', 'dogs: c']);
		expect(album.refused.map(({ name }) => name)).toEqual(['bad.jpg', 'a.jpg']);
		album.dismiss();
		expect(album.refused).toEqual([]);
	});

	it('takes back at once what came at once, and nothing else', async () => {
		const album = new Album(parts().made);
		await album.add([group('cats', 'a', 'b')]);
		await album.add([group('dogs', 'c', 'd')]);
		album.undo();
		expect(plain(album)).toEqual(['cats: a b']);
		album.redo();
		expect(plain(album)).toEqual(['cats: a b', 'dogs: c d']);
	});

	it('keeps nothing unless it is asked to, and then every change, until it is to forget', async () => {
		const { log, made } = parts();
		const album = new Album(made);
		await album.add([group('cats', 'a')]);
		expect(log.kept).toEqual([]);
		await album.remember(true);
		await album.add([group('dogs', 'b')]);
		await album.remember(true);
		expect(log.kept.map(({ name }) => name)).toEqual(['cats', 'dogs']);
		await album.remember(false);
		expect(log.forgotten).toBe(1);
	});

	it('would be lost with the page as long as it has photos that are not kept', async () => {
		const album = new Album(parts().made);
		expect(album.wouldBeLost).toBe(false);
		await album.add([group('cats', 'a')]);
		expect(album.wouldBeLost).toBe(true);
		await album.remember(true);
		expect(album.wouldBeLost).toBe(false);
	});

	it('says why nothing could be kept, and loses nothing', async () => {
		const album = new Album(parts(new PatchworkError('storage', 'The storage is full.')).made);
		await album.add([group('cats', 'a')]);
		await album.remember(true);
		expect(album.error).toBe('The storage is full.');
		expect(plain(album)).toEqual(['cats: a']);
	});
});
